package org.mlxspring.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlxspring.engine.train.Best;
import org.mlxspring.engine.train.TrainEvent;

class TrainingReportTest {

    private static final List<TrainEvent> RUN = List.of(
            new TrainEvent.Started(1, 20, 14_000, 28_000_000, 32, 8, 0, 40),
            new TrainEvent.Validated(0, 2.3454, 0.1),
            new TrainEvent.Report(10, 2.345, 1e-5, 12.5, 3000.25, 1200, 0.1234, 1.5),
            new TrainEvent.Saved(10, Path.of("adapters/0000010_adapters.safetensors")),
            new TrainEvent.Validated(19, 2.1, 0.1),
            new TrainEvent.Report(20, 2.1, 1e-5, 12.5, 3000.25, 2400, 0.1234, 1.25),
            new TrainEvent.Tested(2, Math.exp(2)),
            new TrainEvent.Finished(20, false));

    private final StringWriter text = new StringWriter();

    @Test
    void plainLinesAreMlxLms() {
        assertThat(report(false).stopped()).isFalse();
        assertThat(text.toString()).isEqualTo("""
                        Trainable parameters: 0.050% (0.014M/28.000M)
                        Rows: 32 to train on, 8 to validate on
                        Starting training..., iters: 20
                        Iter 1: Val loss 2.345, Val took 0.100s
                        Iter 10: Train loss 2.345, Learning Rate 1.000e-05, It/sec 12.500, Tokens/sec 3000.250, \
                        Trained Tokens 1200, Peak mem 0.123 GB
                        Iter 10: Saved adapter weights to adapters/adapters.safetensors and \
                        adapters/0000010_adapters.safetensors.
                        Iter 20: Val loss 2.100, Val took 0.100s
                        Iter 20: Train loss 2.100, Learning Rate 1.000e-05, It/sec 12.500, Tokens/sec 3000.250, \
                        Trained Tokens 2400, Peak mem 0.123 GB
                        Test loss 2.000, Test ppl 7.389.
                        Finished after iteration 20. Saved final weights to adapters/adapters.safetensors.
                        """);
    }

    @Test
    void aTerminalShowsABarBelowTheLines() {
        report(true);
        assertThat(text.toString())
                .contains("train ███████████████░░░░░░░░░░░░░░░  50% 10/20 0:01 left")
                .contains("\r\u001b[2KIter 20: Val loss");
        assertThat(text.toString())
                .endsWith("\r\u001b[2KFinished after iteration 20. Saved final weights to"
                        + " adapters/adapters.safetensors.\n");
    }

    @Test
    void aRunThatWasStoppedSaysHowToGoOn() {
        TrainingReport report = new TrainingReport(new ProgressBar(new PrintWriter(text), false), Path.of("a"));
        report.accept(new TrainEvent.Finished(7, true));
        assertThat(report.stopped()).isTrue();
        assertThat(text.toString())
                .startsWith("Stopped after iteration 7; the same command with --resume goes on from there.");
    }

    @Test
    void aRunThatStoppedEarlySaysWhoseWeightsItLeft() {
        TrainingReport report = new TrainingReport(new ProgressBar(new PrintWriter(text), false), Path.of("a"));
        report.accept(RUN.getFirst());
        text.getBuffer().setLength(0);
        report.accept(new TrainEvent.Validated(0, 2.5, 0.1, Map.of("reward_margin", 0.25), true));
        report.accept(new TrainEvent.Finished(15, false, Optional.of(new Best(8, 2.25))));
        report.accept(new TrainEvent.Finished(20, false, Optional.of(new Best(0, 2.5))));
        assertThat(text.toString()).isEqualTo("""
                        Iter 1: Val loss 2.500, Val took 0.100s, reward_margin 0.250
                        Stopped early after iteration 15, since validations no longer got better. Saved final weights \
                        to a/adapters.safetensors.
                        They are the best ones, of iteration 8 (val loss 2.250).
                        Finished after iteration 20. Saved final weights to a/adapters.safetensors.
                        No validation was better than the one before training (val loss 2.500): the adapter changes \
                        nothing.
                        """);
    }

    @Test
    void metricsTellTheBestAndWhatAnObjectiveAdds(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("metrics.jsonl");
        try (MetricsFile metrics = new MetricsFile(file)) {
            metrics.write(new TrainEvent.Validated(8, 2.25, 0.1, Map.of("reward_margin", 0.25), true));
            metrics.write(new TrainEvent.Finished(15, false, Optional.of(new Best(8, 2.25))));
        }
        assertThat(Files.readAllLines(file))
                .containsExactly(
                        "{\"iteration\":8,\"val_loss\":2.25,\"reward_margin\":0.25,\"best\":true}",
                        "{\"iteration\":15,\"best_iteration\":8,\"best_val_loss\":2.25}");
    }

    @Test
    void metricsAreOneFlushedLinePerReport(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("new/metrics.jsonl");
        try (MetricsFile metrics = new MetricsFile(file)) {
            metrics.write(RUN.get(1));
            assertThat(file).hasContent("{\"iteration\":0,\"val_loss\":2.3454}");
        }
        try (MetricsFile metrics = new MetricsFile(file)) {
            RUN.subList(2, RUN.size()).forEach(metrics::write);
        }
        assertThat(Files.readAllLines(file))
                .containsExactly(
                        "{\"iteration\":0,\"val_loss\":2.3454}",
                        "{\"iteration\":10,\"train_loss\":2.345,\"learning_rate\":1.0E-5,"
                                + "\"tokens_per_second\":3000.25,\"trained_tokens\":1200,\"peak_memory\":0.1234,"
                                + "\"grad_norm\":1.5}",
                        "{\"iteration\":19,\"val_loss\":2.1}",
                        "{\"iteration\":20,\"train_loss\":2.1,\"learning_rate\":1.0E-5,"
                                + "\"tokens_per_second\":3000.25,\"trained_tokens\":2400,\"peak_memory\":0.1234,"
                                + "\"grad_norm\":1.25}",
                        "{\"test_loss\":2.0,\"test_ppl\":7.38905609893065}");
    }

    private TrainingReport report(boolean terminal) {
        TrainingReport report =
                new TrainingReport(new ProgressBar(new PrintWriter(text), terminal), Path.of("adapters"));
        RUN.forEach(report);
        return report;
    }
}
