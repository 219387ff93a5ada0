package org.mlxspring.engine.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A process that trains, to be killed: a line on standard output for everything that happens, without any time in it. */
final class TrainingProcess {

    private static final Map<String, Object> SETTINGS = Map.ofEntries(
            Map.entry("iters", 40),
            Map.entry("batch_size", 3),
            Map.entry("dropout", 0.2),
            Map.entry("grad_accumulation_steps", 2),
            Map.entry("max_grad_norm", 0.5),
            Map.entry("optimizer", "adamw"),
            Map.entry(
                    "lr_schedule",
                    Map.of("name", "cosine_decay", "arguments", List.of(1e-2, 20), "warmup", 4, "warmup_init", 1e-5)),
            Map.entry("val_batches", 2),
            Map.entry("steps_per_eval", 4),
            Map.entry("steps_per_report", 2),
            Map.entry("save_every", 3),
            Map.entry("keep_checkpoints", 2),
            Map.entry("early_stopping_patience", 5),
            // Nothing is ever better than the first by that much, so the run ends with its sixth validation.
            Map.entry("early_stopping_min_delta", 100));

    private TrainingProcess() {}

    /** What {@code main} prints. */
    static String line(TrainEvent event) {
        return switch (event) {
            case TrainEvent.Referenced referenced -> "referenced " + referenced.answers();
            case TrainEvent.Notice notice -> "notice";
            case TrainEvent.Started started -> "started " + started.firstIteration();
            case TrainEvent.Report report ->
                "report " + report.iteration() + " " + report.trainLoss() + " " + report.learningRate() + " "
                        + report.gradNorm() + " " + report.trainedTokens();
            case TrainEvent.Validated validated ->
                "validated " + validated.iteration() + " " + validated.valLoss() + " " + validated.best();
            case TrainEvent.Saved saved -> "saved " + saved.iteration();
            case TrainEvent.Tested tested -> "tested " + tested.testLoss();
            case TrainEvent.Finished finished -> "finished " + finished.iteration() + " " + finished.best();
        };
    }

    /**
     * @param arguments the adapter folder
     */
    public static void main(String[] arguments) {
        Path adapter = Path.of(arguments[0]);
        TrainSpec spec =
                new TinyTraining(adapter.getParent()).spec(adapter.getFileName().toString(), SETTINGS);
        Trainer.run(spec, event -> System.out.println(line(event)), () -> false);
    }
}
