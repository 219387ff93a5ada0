package org.mlxspring.engine.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlxspring.engine.adapter.Adapters;
import org.mlxspring.engine.adapter.FineTuneType;
import org.mlxspring.engine.array.RandomState;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.model.Fixture;
import org.mlxspring.engine.model.LanguageModel;
import org.mlxspring.engine.model.ModelRegistry;

/** What layers below the first trained one give is kept, and nobody notices but the clock. */
class FrozenLayersTest {

    private static final Map<String, Object> THREE_EPOCHS = Map.of(
            "num_layers", 1, "batch_size", 3, "iters", 30, "val_batches", -1, "steps_per_eval", 10, "dropout", 0.1);

    @TempDir
    Path folder;

    @Test
    void aRunThatKeepsThemIsTheSameToTheLastBit() throws IOException {
        TinyTraining tiny = new TinyTraining(folder);
        List<TrainEvent> kept = tiny.train("kept", THREE_EPOCHS, _ -> {});
        List<TrainEvent> computed = tiny.train("computed", with("activation_cache", 0), _ -> {});
        List<TrainEvent> some = tiny.train("some", with("activation_cache", 20_000), _ -> {});

        assertThat(TinyTraining.losses(kept))
                .isEqualTo(TinyTraining.losses(computed))
                .isEqualTo(TinyTraining.losses(some));
        assertThat(tiny.weights("kept").equals(tiny.weights("computed"))).isTrue();
        assertThat(tiny.weights("kept").equals(tiny.weights("some"))).isTrue();
    }

    @Test
    void onlyLayersBelowTheFirstTrainedOneCount() {
        Fixture fixture = new Fixture("llama");
        try (Scope scope = Scope.open()) {
            TrainSettings settings = TrainSettings.defaults();
            LanguageModel last = ModelRegistry.load(fixture.model());
            int layers = last.layers().size();
            Adapters.prepare(last, FineTuneType.LORA, 1, settings.loraParameters(), RandomState.seed(0));
            LanguageModel all = ModelRegistry.load(fixture.model());
            Adapters.prepare(all, FineTuneType.FULL, -1, settings.loraParameters(), RandomState.seed(0));

            assertThat(FrozenLayers.count(last)).isEqualTo(layers - 1);
            assertThat(FrozenLayers.count(all)).isZero();
        }
    }

    @Test
    void keepsWhatThereIsRoomForAndLeavesNoFile() {
        try (ActivationFile file = new ActivationFile(folder, 20)) {
            file.keep("first", new float[] {1, 2, 3});
            file.keep("second", new float[] {4, 5});
            file.keep("third", new float[] {6});

            assertThat(file.read("first", 3)).containsExactly(1, 2, 3);
            assertThat(file.read("second", 2)).containsExactly(4, 5);
            assertThat(file.holds("third")).isFalse();
            assertThat(folder).isEmptyDirectory();
        }
    }

    private static Map<String, Object> with(String name, Object value) {
        Map<String, Object> settings = new HashMap<>(THREE_EPOCHS);
        settings.put(name, value);
        return settings;
    }
}
