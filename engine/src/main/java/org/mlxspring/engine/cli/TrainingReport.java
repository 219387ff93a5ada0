package org.mlxspring.engine.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.mlxspring.engine.train.Best;
import org.mlxspring.engine.train.TrainEvent;

/** Tells a person what a training run does, in mlx-lm's words, and keeps a progress bar on a terminal. */
final class TrainingReport implements Consumer<TrainEvent> {

    private final ProgressBar bar;
    private final Path adapterPath;
    private int iterations;
    private boolean stopped;

    TrainingReport(ProgressBar bar, Path adapterPath) {
        this.bar = bar;
        this.adapterPath = adapterPath;
    }

    /** Whether the run ended early because it was asked to. */
    boolean stopped() {
        return stopped;
    }

    @Override
    public void accept(TrainEvent event) {
        switch (event) {
            case TrainEvent.Notice e -> print("%s", e.text());
            case TrainEvent.Referenced e -> bar.show("reference", e.answers(), e.total(), "");
            case TrainEvent.Started e -> {
                iterations = e.iterations();
                double share = 100.0 * e.trainableParameters() / Math.max(1, e.totalParameters());
                print(
                        "Trainable parameters: %.3f%% (%.3fM/%.3fM)",
                        share, e.trainableParameters() / 1e6, e.totalParameters() / 1e6);
                print("Rows: %d to train on, %d to validate on", e.trainRows(), e.validRows());
                if (e.truncatedRows() > 0) {
                    print(
                            "Warning: %d rows are longer than max_seq_length and are cut; the longest has %d tokens.",
                            e.truncatedRows(), e.longestRow());
                }
                if (e.firstIteration() > 1) {
                    print("Going on from the checkpoint after iteration %d", e.firstIteration() - 1);
                }
                print("Starting training..., iters: %d", iterations);
                bar.show("train", e.firstIteration() - 1, iterations, "");
            }
            case TrainEvent.Report e -> {
                print(
                        "Iter %d: Train loss %.3f, Learning Rate %.3e, It/sec %.3f, Tokens/sec %.3f, "
                                + "Trained Tokens %d, Peak mem %.3f GB%s",
                        e.iteration(),
                        e.trainLoss(),
                        e.learningRate(),
                        e.iterationsPerSecond(),
                        e.tokensPerSecond(),
                        e.trainedTokens(),
                        e.peakMemory(),
                        further(e.metrics()));
                bar.show("train", e.iteration(), iterations, timeLeft(e));
            }
            // mlx-lm prints the iteration that follows a validation.
            case TrainEvent.Validated e ->
                print(
                        "Iter %d: Val loss %.3f, Val took %.3fs%s",
                        e.iteration() + 1, e.valLoss(), e.seconds(), further(e.metrics()));
            case TrainEvent.Saved e ->
                print(
                        "Iter %d: Saved adapter weights to %s and %s.",
                        e.iteration(), adapterPath.resolve("adapters.safetensors"), e.adapterFile());
            case TrainEvent.Tested e -> print("Test loss %.3f, Test ppl %.3f.", e.testLoss(), e.testPerplexity());
            case TrainEvent.Finished e -> {
                stopped = e.stopped();
                bar.end();
                print(
                        stopped
                                ? "Stopped after iteration %d; the same command with --resume goes on from there. %s holds"
                                        + " the adapter so far."
                                : e.iteration() < iterations
                                        ? "Stopped early after iteration %d, since validations no longer got better."
                                                + " Saved final weights to %s."
                                        : "Finished after iteration %d. Saved final weights to %s.",
                        e.iteration(),
                        adapterPath.resolve("adapters.safetensors"));
                e.best().ifPresent(this::best);
            }
        }
    }

    private void best(Best best) {
        if (best.iteration() == 0) {
            print(
                    "No validation was better than the one before training (val loss %.3f): the adapter changes nothing.",
                    best.valLoss());
        } else {
            print("They are the best ones, of iteration %d (val loss %.3f).", best.iteration(), best.valLoss());
        }
    }

    /** An objective's own metrics, such as {@code , reward_margin 0.123}. */
    private static String further(Map<String, Double> metrics) {
        StringBuilder text = new StringBuilder();
        metrics.forEach((name, value) -> text.append(String.format(Locale.ROOT, ", %s %.3f", name, value)));
        return text.toString();
    }

    private String timeLeft(TrainEvent.Report report) {
        if (!(report.iterationsPerSecond() > 0)) {
            return "";
        }
        long seconds = Math.round((iterations - report.iteration()) / report.iterationsPerSecond());
        return seconds >= 3600
                ? "%d h %d min left".formatted(seconds / 3600, seconds % 3600 / 60)
                : "%d:%02d left".formatted(seconds / 60, seconds % 60);
    }

    private void print(String format, Object... values) {
        bar.print(String.format(Locale.ROOT, format, values));
    }
}
