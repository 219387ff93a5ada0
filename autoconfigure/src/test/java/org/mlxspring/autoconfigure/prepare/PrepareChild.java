package org.mlxspring.autoconfigure.prepare;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.mlxspring.autoconfigure.dataset.DatasetVersion;
import org.mlxspring.autoconfigure.dataset.Datasets;
import org.mlxspring.autoconfigure.host.Host;
import org.mlxspring.engine.data.LossMask;
import org.mlxspring.engine.train.TrainMode;

/** An application in a process of its own that prepares one dataset slowly, to be killed meanwhile. */
final class PrepareChild {

    private static final long PAUSE_MILLIS = 20;

    private PrepareChild() {}

    /** Arguments: the home folder, the model's folder, the dataset, then properties. */
    public static void main(String[] arguments) {
        String[] properties = Arrays.copyOfRange(arguments, 3, arguments.length);
        try (Host host = Host.start(List.of(Host.Pretending.class), Path.of(arguments[0]), properties)) {
            DatasetVersion version = host.context().getBean(Datasets.class).resolve(arguments[2], Optional.empty());
            host.context().getBean(PreparedTokens.class).prepare(asked(version, Path.of(arguments[1])), () -> {
                pause();
                return false;
            });
        }
    }

    static Preparation asked(DatasetVersion version, Path model) {
        return new Preparation(version, model, LossMask.PROMPT, TrainMode.SFT, 512, new Reader("tina", "run-1"));
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
