package org.mlxspring.autoconfigure.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mlxspring.autoconfigure.model.Champion;
import org.mlxspring.autoconfigure.model.Models;
import org.mlxspring.autoconfigure.model.NewVersion;
import org.mlxspring.autoconfigure.prepare.ExportedRows;
import org.mlxspring.autoconfigure.run.Decision;
import org.mlxspring.autoconfigure.run.RunCheck;
import org.mlxspring.autoconfigure.run.RunJournal;
import org.mlxspring.autoconfigure.run.RunPlan;
import org.mlxspring.autoconfigure.run.RunScore;
import org.mlxspring.autoconfigure.run.RunState;
import org.mlxspring.engine.adapter.CheckReport;
import org.mlxspring.engine.adapter.CheckSpec;
import org.mlxspring.engine.adapter.FuseSpec;
import org.mlxspring.engine.data.Split;
import org.mlxspring.engine.worker.WorkerMessage;
import org.mlxspring.engine.worker.WorkerTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.JobInterruptedException;

/** Adds a promoted adapter to its base model; when the files are complete and answer as both, the champion moves. */
final class FusePhase implements Phase {

    private static final Logger LOG = LoggerFactory.getLogger(FusePhase.class);

    private final RunJournal journal;
    private final Models models;
    private final EvaluatePhase evaluate;
    private final RunRows rows;
    private final RunFolders folders;
    private final Workers workers;

    FusePhase(
            RunJournal journal,
            Models models,
            EvaluatePhase evaluate,
            RunRows rows,
            RunFolders folders,
            Workers workers) {
        this.journal = journal;
        this.models = models;
        this.evaluate = evaluate;
        this.rows = rows;
        this.folders = folders;
        this.workers = workers;
    }

    @Override
    public void work(RunPlan run, RunControl control) throws JobInterruptedException {
        if (run.decision().filter(Decision.PROMOTED::equals).isEmpty()) {
            LOG.info("Run {} fuses nothing. {}", run.id(), run.decisionReason().orElse("It was not judged."));
            return;
        }
        if (models.madeBy(run.model(), run.id())) {
            // Interrupted behind the promotion: the folder may be serving, and must not be replaced.
            LOG.info("Run {} has made its version already.", run.id());
            return;
        }
        Optional<Integer> champion = models.champion(run.model()).map(Champion::version);
        if (!champion.equals(Gate.rival(run.scores()))) {
            LOG.info(
                    "Run {} was judged against {}, but now {} serves: it is judged again.",
                    run.id(),
                    named(Gate.rival(run.scores())),
                    named(champion));
            evaluate.work(run, control);
            work(journal.plan(run.id()), control);
            return;
        }
        fuse(run, control);
    }

    private void fuse(RunPlan run, RunControl control) throws JobInterruptedException {
        journal.enter(run.id(), RunState.FUSING);
        Path adapter = folders.adapter(run.adapterRun());
        Path fused = folders.fused(run.model(), run.id());
        Path beside = fused.resolveSibling(run.id() + ".part");
        RunFolders.remove(beside);
        RunFolders.made(fused.getParent());
        List<RunCheck> checks = new ArrayList<>();
        try (ExportedRows valid = rows.text(run, Split.VALID, CheckSpec.DEFAULT_ROWS, "check of the fused model")) {
            FuseSpec spec = new FuseSpec(
                    run.modelPath(),
                    adapter,
                    beside,
                    false,
                    Optional.empty(),
                    CheckSpec.sealed(valid.folder(), valid.key()));
            workers.run(new WorkerTask.Fuse(spec), control, message -> {
                if (message instanceof WorkerMessage.Fused written) {
                    for (CheckReport check : written.checks()) {
                        LOG.info("Run {}, fused model: {}.", run.id(), check.text());
                        checks.add(view(check));
                    }
                }
            });
        }
        RunFolders.move(beside, fused);
        RunScore candidate = Gate.score(run.scores(), Gate.CANDIDATE)
                .orElseThrow(() -> new RunFailedException("The evaluation has no score of the candidate."));
        journal.fused(run.id(), fused, checks);
        NewVersion version =
                new NewVersion(run.model(), run.id(), fused, adapter, candidate.loss(), candidate.exactMatch());
        if (models.promote(version, Gate.rival(run.scores())).isEmpty()) {
            throw new RunFailedException("While this run was fused, another model than "
                    + named(Gate.rival(run.scores())) + ", which it was judged against, began to serve as "
                    + run.model() + ". Restart the run: it is then judged against that one.");
        }
    }

    private static String named(Optional<Integer> champion) {
        return champion.map(version -> "version " + version).orElse("the base model");
    }

    private static RunCheck view(CheckReport check) {
        return new RunCheck(
                check.result(), check.rows(), check.tokens(), check.meanKl(), check.equalArgmax(), check.maxKl());
    }
}
