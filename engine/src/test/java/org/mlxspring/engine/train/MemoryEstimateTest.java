package org.mlxspring.engine.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mlxspring.engine.array.DType;
import org.mlxspring.engine.array.Mlx;
import org.mlxspring.engine.model.Fixture;

/** Compares the estimate of a run with the peak that MLX counts. */
class MemoryEstimateTest {

    private static final LlamaOnDisk BASE = new LlamaOnDisk(256, 6, 704, 8, 4, 4096, DType.FLOAT32, 0);

    /** Of other proportions than those that the estimator's numbers were measured with. */
    private static final LlamaOnDisk OTHER = new LlamaOnDisk(384, 3, 896, 6, 2, 12_000, DType.FLOAT32, 0);

    /** Something that gives a model folder. */
    @FunctionalInterface
    interface Model {

        /**
         * @param folder for a model that is made first
         */
        Path in(Path folder) throws IOException;

        static Model made(LlamaOnDisk model) {
            return folder -> {
                model.write(folder);
                return folder;
            };
        }
    }

    /**
     * @param words of a row, each about two tokens
     */
    record Case(String name, Model model, int words, Map<String, Object> settings) {

        Case(String name, LlamaOnDisk model, int words, Map<String, Object> settings) {
            this(name, Model.made(model), words, settings);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case("LoRA", BASE, 100, Map.of()),
                new Case("LoRA on two layers", BASE, 100, Map.of("num_layers", 2)),
                new Case("LoRA, long rows", BASE, 400, Map.of("batch_size", 2)),
                new Case("LoRA, long rows, checkpointed", BASE, 400, Map.of("batch_size", 2, "grad_checkpoint", true)),
                new Case("LoRA, larger batch", BASE, 100, Map.of("batch_size", 12)),
                new Case("DoRA", BASE, 100, Map.of("fine_tune_type", "dora")),
                new Case("all weights", BASE, 100, Map.of("fine_tune_type", "full")),
                new Case(
                        "all weights, accumulated",
                        BASE,
                        100,
                        Map.of("fine_tune_type", "full", "grad_accumulation_steps", 2, "optimizer", "adamw")),
                new Case("large vocabulary", BASE.withVocabulary(32_000), 100, Map.of()),
                new Case("bfloat16", BASE.withType(DType.BFLOAT16), 100, Map.of()),
                new Case("4 bits", BASE.packed(4), 100, Map.of()),
                new Case("ORPO", BASE, 100, Map.of("train_mode", "orpo")),
                new Case("DPO", BASE, 100, Map.of("train_mode", "dpo")),
                new Case("all weights, SGD", BASE, 100, full("sgd", Map.of("momentum", 0))),
                new Case("all weights, SGD with momentum", BASE, 100, full("sgd", Map.of("momentum", 0.9))),
                new Case("all weights, Adafactor", BASE, 100, full("adafactor", Map.of())),
                new Case(
                        "all weights, Adafactor with a first moment",
                        BASE,
                        100,
                        full("adafactor", Map.of("beta_1", 0.9))),
                new Case("all weights, Muon", BASE, 100, full("muon", Map.of())),
                new Case("experts", folder -> new Fixture("qwen3_moe").model(), 150, Map.of("batch_size", 8)),
                new Case("experts of Mixtral", folder -> new Fixture("mixtral").model(), 150, Map.of("batch_size", 8)),
                new Case(
                        "experts and a shared one",
                        folder -> new Fixture("qwen2_moe").model(),
                        150,
                        Map.of("batch_size", 8)),
                new Case(
                        "attention within a window",
                        folder -> new Fixture("cohere2").model(),
                        150,
                        Map.of("batch_size", 8)),
                new Case(
                        "attention sinks", folder -> new Fixture("gpt_oss-yarn").model(), 150, Map.of("batch_size", 8)),
                new Case(
                        "attention sinks in one layer",
                        folder -> new Fixture("gpt_oss-yarn").model(),
                        150,
                        Map.of("batch_size", 8, "num_layers", 1)),
                new Case(
                        "attention sinks when checkpointed",
                        folder -> new Fixture("gpt_oss-yarn").model(),
                        150,
                        Map.of("batch_size", 8, "grad_checkpoint", true)),
                new Case("capped scores", folder -> new Fixture("gemma2").model(), 150, Map.of("batch_size", 8)),
                new Case(
                        "capped scores when checkpointed",
                        folder -> new Fixture("gemma2").model(),
                        150,
                        Map.of("batch_size", 8, "grad_checkpoint", true)),
                new Case("an MLP without a gate", folder -> new Fixture("phi").model(), 150, Map.of("batch_size", 8)),
                new Case(
                        "experts of Granite",
                        folder -> new Fixture("granitemoe").model(),
                        150,
                        Map.of("batch_size", 8)),
                new Case(
                        "other proportions",
                        OTHER,
                        250,
                        Map.of("batch_size", 3, "lora_parameters", Map.of("rank", 16, "scale", 20.0, "dropout", 0.0))));
    }

    private static Map<String, Object> full(String optimizer, Map<String, Object> options) {
        return Map.of("fine_tune_type", "full", "optimizer", optimizer, "optimizer_config", Map.of(optimizer, options));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isWithinAQuarterOfThePeak(Case given, @TempDir Path folder) throws IOException {
        Path model = given.model().in(folder.resolve("model"));
        writeRows(folder.resolve("data"), given);
        TrainSpec spec = new TrainSpec(
                model,
                folder.resolve("data"),
                Optional.empty(),
                folder.resolve("adapters"),
                settings(given),
                Optional.empty(),
                false,
                false);

        MemoryEstimate estimate = MemoryCheck.estimate(spec);
        Mlx.clearCache();
        double peak = peak(spec);

        if (Boolean.getBoolean("mlx.print")) {
            System.out.printf(
                    Locale.ROOT,
                    "%-34s estimate %8.1f MB, peak %8.1f MB, ratio %.2f%n",
                    given.name(),
                    estimate.peak() / 1e6,
                    peak / 1e6,
                    estimate.peak() / peak);
            estimate.parts()
                    .forEach(part ->
                            System.out.printf(Locale.ROOT, "      %-34s %8.1f%n", part.name(), part.bytes() / 1e6));
        }
        assertThat(estimate.peak() / peak).isBetween(0.8, 1.25);
    }

    private static double peak(TrainSpec spec) {
        List<Double> peaks = new ArrayList<>();
        Trainer.run(
                spec,
                event -> {
                    if (event instanceof TrainEvent.Report report) {
                        peaks.add(report.peakMemory());
                    }
                },
                () -> false);
        return peaks.getLast() * 1e9;
    }

    private static TrainSettings settings(Case given) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "iters",
                4,
                "steps_per_report",
                1,
                "val_batches",
                0,
                "num_layers",
                -1,
                "batch_size",
                4,
                "loss_mask",
                "row"));
        settings.putAll(given.settings());
        return TrainSettings.fromMap(settings);
    }

    private static void writeRows(Path data, Case given) throws IOException {
        Random random = new Random(5);
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            String text = text(random, given.words());
            rows.add(
                    given.settings().containsKey("train_mode")
                            ? "{\"prompt\": \"%s\", \"chosen\": \"%s\", \"rejected\": \"%s\"}"
                                    .formatted(text(random, 10), text, text(random, given.words()))
                            : "{\"text\": \"%s\"}".formatted(text));
        }
        Files.createDirectories(data);
        Files.write(data.resolve("train.jsonl"), rows);
    }

    private static String text(Random random, int words) {
        StringBuilder text = new StringBuilder();
        int count = words * 3 / 4 + random.nextInt(words / 4);
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : " ").append("the printer stops".split(" ")[random.nextInt(3)]);
        }
        return text.toString();
    }
}
