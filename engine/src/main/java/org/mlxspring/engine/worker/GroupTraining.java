package org.mlxspring.engine.worker;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.mlxspring.engine.distributed.Group;
import org.mlxspring.engine.distributed.Place;
import org.mlxspring.engine.train.TrainEvent;
import org.mlxspring.engine.train.TrainSpec;
import org.mlxspring.engine.train.Trainer;

/** Training in one process of several, or in one alone. */
public final class GroupTraining {

    private GroupTraining() {}

    /**
     * Trains as {@link Trainer#run} does, on the thread that owns MLX; if it fails, the other processes end with its
     * reason.
     *
     * @param place of this process; empty for one that trains alone
     * @param onLoss receives, on a thread of its own, that another process is gone and that this one hangs in MLX for that;
     *     it is to end the process
     */
    public static void run(
            TrainSpec spec,
            Optional<Place> place,
            Consumer<TrainEvent> listener,
            BooleanSupplier stopRequested,
            Consumer<String> onLoss) {
        try (Group group = place.map(here -> Group.join(here, onLoss)).orElseGet(Group::alone)) {
            try {
                Trainer.run(spec, group, listener, stopRequested);
            } catch (RuntimeException | Error e) {
                group.fail(TaskFailure.of(e).reason());
                throw e;
            }
        }
    }
}
