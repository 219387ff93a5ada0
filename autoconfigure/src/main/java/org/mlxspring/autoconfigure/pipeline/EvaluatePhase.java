package org.mlxspring.autoconfigure.pipeline;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mlxspring.autoconfigure.model.Champion;
import org.mlxspring.autoconfigure.model.Models;
import org.mlxspring.autoconfigure.prepare.ExportedRows;
import org.mlxspring.autoconfigure.run.RunEstimate;
import org.mlxspring.autoconfigure.run.RunJournal;
import org.mlxspring.autoconfigure.run.RunPlan;
import org.mlxspring.autoconfigure.run.RunScore;
import org.mlxspring.autoconfigure.run.RunState;
import org.mlxspring.autoconfigure.run.RunTaskMetric;
import org.mlxspring.engine.data.RowFile;
import org.mlxspring.engine.data.Split;
import org.mlxspring.engine.evaluate.AnswerSettings;
import org.mlxspring.engine.evaluate.Estimate;
import org.mlxspring.engine.evaluate.EvaluateSpec;
import org.mlxspring.engine.evaluate.EvaluateSpec.Contender;
import org.mlxspring.engine.evaluate.Evaluation;
import org.mlxspring.engine.evaluate.MetricScore;
import org.mlxspring.engine.worker.WorkerMessage;
import org.mlxspring.engine.worker.WorkerTask;
import org.springframework.batch.core.job.JobInterruptedException;

/** Judges base model, champion and candidate on the test split, and lets the gate decide. */
final class EvaluatePhase implements Phase {

    /** Metrics of single JSON fields: up to fifty, too many to show with every run. */
    private static final String OF_ONE_FIELD = "field_accuracy.";

    private final RunJournal journal;
    private final Models models;
    private final RunRows rows;
    private final RunAnswers answers;
    private final RunFolders folders;
    private final Workers workers;
    private final EvaluationProperties properties;

    EvaluatePhase(
            RunJournal journal,
            Models models,
            RunRows rows,
            RunAnswers answers,
            RunFolders folders,
            Workers workers,
            EvaluationProperties properties) {
        this.journal = journal;
        this.models = models;
        this.rows = rows;
        this.answers = answers;
        this.folders = folders;
        this.workers = workers;
        this.properties = properties;
    }

    @Override
    public void work(RunPlan run, RunControl control) throws JobInterruptedException {
        journal.enter(run.id(), RunState.EVALUATING);
        List<RunScore> scores = new ArrayList<>();
        Optional<Champion> champion = models.champion(run.model());
        try (ExportedRows test = rows.text(run, Split.TEST, Integer.MAX_VALUE, "evaluation")) {
            workers.run(new WorkerTask.Evaluate(spec(run, champion, test.file(Split.TEST))), control, message -> {
                if (message instanceof WorkerMessage.Evaluated(Evaluation evaluation)) {
                    evaluation.scores().forEach(score -> scores.add(view(score, champion)));
                }
            });
        }
        if (scores.isEmpty()) {
            throw new RunFailedException("The worker ended without the result of the evaluation.");
        }
        Gate.Verdict verdict = Gate.decide(scores);
        journal.judged(run.id(), scores, verdict.decision(), verdict.reason());
    }

    private EvaluateSpec spec(RunPlan run, Optional<Champion> champion, RowFile test) {
        return new EvaluateSpec(
                run.modelPath(),
                contenders(run, champion),
                test,
                run.settings().lossMask(),
                run.settings().batchSize(),
                run.settings().maxSeqLength(),
                properties.generate(),
                properties.maxTokens(),
                Optional.of(answers.file(run.id(), rows.version(run))),
                AnswerSettings.DEFAULT);
    }

    private List<Contender> contenders(RunPlan run, Optional<Champion> champion) {
        List<Contender> contenders = new ArrayList<>();
        contenders.add(new Contender(Gate.BASE, Optional.empty()));
        champion.ifPresent(serving -> contenders.add(new Contender(Gate.CHAMPION, Optional.of(present(serving)))));
        Path candidate = folders.adapter(run.adapterRun());
        if (!Files.isDirectory(candidate)) {
            throw new RunFailedException("The folder of the candidate's adapter, " + candidate
                    + ", is gone; start a new run. Instances on several machines need mlx.home on a shared disk.");
        }
        contenders.add(new Contender(Gate.CANDIDATE, Optional.of(candidate)));
        return contenders;
    }

    private static Path present(Champion champion) {
        if (!Files.isDirectory(champion.adapter())) {
            throw new RunFailedException("The folder of the champion's adapter (version " + champion.version() + "), "
                    + champion.adapter() + ", is gone, so the candidate cannot be compared with it; put it back.");
        }
        return champion.adapter();
    }

    private static RunScore view(Evaluation.Score score, Optional<Champion> champion) {
        return new RunScore(
                score.name(),
                score.name().equals(Gate.CHAMPION)
                        ? champion.map(Champion::version).orElse(null)
                        : null,
                score.rows(),
                score.loss(),
                score.perplexity(),
                score.answered(),
                score.exactMatch(),
                score.metrics().stream()
                        .filter(metric -> !metric.metric().startsWith(OF_ONE_FIELD))
                        .map(EvaluatePhase::view)
                        .toList());
    }

    private static RunTaskMetric view(MetricScore metric) {
        return new RunTaskMetric(
                metric.metric(),
                metric.rows(),
                view(metric.value()),
                metric.overBase().map(EvaluatePhase::view).orElse(null));
    }

    private static RunEstimate view(Estimate estimate) {
        return new RunEstimate(estimate.mean(), estimate.low(), estimate.high());
    }
}
