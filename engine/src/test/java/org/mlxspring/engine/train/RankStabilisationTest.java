package org.mlxspring.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlxspring.engine.model.Fixture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Rank-stabilised scaling, which mlx-lm lacks: its adapters must mean the same there. */
class RankStabilisationTest {

    private static final Fixture LLAMA = new Fixture("llama");

    @TempDir
    Path folder;

    @BeforeEach
    void rows() throws IOException {
        Files.createDirectories(folder.resolve("data"));
        Files.copy(LLAMA.data().resolve("train.jsonl"), folder.resolve("data/train.jsonl"));
        Files.copy(LLAMA.data().resolve("valid.jsonl"), folder.resolve("data/test.jsonl"));
    }

    @Test
    void theAdapterComputesWhenLoadedWhatItComputedInTraining() throws IOException {
        TrainSpec stabilised = spec("stabilised", 12.0, true, 4);
        double trained = run(stabilised);

        JsonNode written = new JsonMapper()
                .readTree(Files.readString(stabilised.adapterPath().resolve("adapter_config.json")))
                .path("lora_parameters");
        assertThat(written.path("scale").asDouble()).isEqualTo(6.0);
        assertThat(written.has("use_rslora")).isFalse();
        assertThat(loaded(stabilised)).isCloseTo(trained, within(1e-6));
        assertThat(run(spec("plain", 6.0, false, 4))).isEqualTo(trained);
        assertThat(run(spec("unlike", 12.0, false, 4))).isNotCloseTo(trained, within(1e-3));
    }

    @Test
    void aRunGoesOnWithItsOwnSettingsOnly() {
        run(spec("run", 12.0, true, 2));
        assertThatThrownBy(() -> run(spec("run", 6.0, false, 4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("was made with lora_parameters")
                .hasMessageContaining("\"use_rslora\":true");
        assertThat(run(spec("run", 12.0, true, 4))).isEqualTo(run(spec("alone", 12.0, true, 4)));
    }

    private TrainSpec spec(String name, double scale, boolean stabilised, int iterations) {
        Map<String, Object> settings = Map.of(
                "num_layers",
                2,
                "iters",
                iterations,
                "save_every",
                2,
                "learning_rate",
                1e-2,
                "test_batches",
                -1,
                "batch_size",
                2,
                "max_seq_length",
                48,
                "lora_parameters",
                Map.of("rank", 4, "scale", scale, "dropout", 0.0, "use_rslora", stabilised));
        return new TrainSpec(
                LLAMA.model(),
                folder.resolve("data"),
                Optional.empty(),
                folder.resolve(name),
                TrainSettings.fromMap(settings),
                Optional.empty(),
                true,
                true);
    }

    private static double run(TrainSpec spec) {
        return Trainer.run(spec, event -> {}, () -> false).testLoss().orElseThrow();
    }

    private static double loaded(TrainSpec spec) {
        return Tester.run(
                        spec.model(),
                        Optional.of(spec.adapterPath()),
                        spec.data().folder(),
                        spec.settings())
                .testLoss();
    }
}
