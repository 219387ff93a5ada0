package org.mlxspring.autoconfigure.pipeline;

import org.mlxspring.autoconfigure.run.RunJournal;
import org.mlxspring.autoconfigure.run.RunPlan;
import org.mlxspring.autoconfigure.run.RunState;
import org.mlxspring.engine.worker.WorkerMessage;
import org.mlxspring.engine.worker.WorkerTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.JobInterruptedException;

/** Writes the rows of the dataset version to disk and tokenizes them once. */
final class PreparePhase implements Phase {

    private static final Logger LOG = LoggerFactory.getLogger(PreparePhase.class);

    private final RunJournal journal;
    private final DataExport export;
    private final RunFolders folders;
    private final Workers workers;

    PreparePhase(RunJournal journal, DataExport export, RunFolders folders, Workers workers) {
        this.journal = journal;
        this.export = export;
        this.folders = folders;
        this.workers = workers;
    }

    @Override
    public void work(RunPlan run, RunControl control) throws JobInterruptedException {
        journal.enter(run.id(), RunState.PREPARING);
        WorkerTask task = new WorkerTask.Prepare(
                run.modelPath(),
                export.folder(run),
                RunFolders.made(folders.tokens(run.id())),
                run.settings().lossMask(),
                run.settings().trainMode());
        workers.run(task, control, message -> {
            if (message instanceof WorkerMessage.Prepared prepared) {
                LOG.info(
                        "Run {}: split {} has {} rows, {} tokens{}.",
                        run.id(),
                        prepared.split(),
                        prepared.rows(),
                        prepared.tokens(),
                        prepared.reused() ? " (kept from before)" : "");
            }
        });
    }
}
