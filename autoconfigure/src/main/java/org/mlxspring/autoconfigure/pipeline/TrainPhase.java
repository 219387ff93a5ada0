package org.mlxspring.autoconfigure.pipeline;

import java.util.Optional;
import org.mlxspring.autoconfigure.run.RunJob;
import org.mlxspring.autoconfigure.run.RunJournal;
import org.mlxspring.autoconfigure.run.RunPlan;
import org.mlxspring.autoconfigure.run.RunState;
import org.mlxspring.engine.train.TrainEvent;
import org.mlxspring.engine.train.TrainSpec;
import org.mlxspring.engine.worker.WorkerMessage;
import org.mlxspring.engine.worker.WorkerTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.JobInterruptedException;

/** Trains the adapter, always from the last complete checkpoint if there is one. */
final class TrainPhase implements Phase {

    private static final Logger LOG = LoggerFactory.getLogger(TrainPhase.class);

    private final RunJournal journal;
    private final RunRows rows;
    private final RunFolders folders;
    private final Workers workers;

    TrainPhase(RunJournal journal, RunRows rows, RunFolders folders, Workers workers) {
        this.journal = journal;
        this.rows = rows;
        this.folders = folders;
        this.workers = workers;
    }

    @Override
    public void work(RunPlan run, RunControl control) throws JobInterruptedException {
        journal.enter(run.id(), RunState.TRAINING);
        TrainSpec spec = new TrainSpec(
                run.modelPath(),
                rows.trainData(run, control),
                RunFolders.made(folders.adapter(run.id())),
                run.settings(),
                Optional.empty(),
                true,
                run.job() == RunJob.TRAIN);
        workers.run(new WorkerTask.Train(spec), control, message -> {
            if (message instanceof WorkerMessage.BaseModel(String hash)) {
                journal.baseModel(run.id(), hash);
            } else if (message instanceof WorkerMessage.Training(TrainEvent event)) {
                journal.training(run.id(), event);
                if (event instanceof TrainEvent.Started started) {
                    LOG.info(
                            "Run {} trains iterations {} to {}: {} of {} weights, {} rows.",
                            run.id(),
                            started.firstIteration(),
                            started.iterations(),
                            started.trainableParameters(),
                            started.totalParameters(),
                            started.trainRows());
                }
            }
        });
        journal.trained(run.id());
    }
}
