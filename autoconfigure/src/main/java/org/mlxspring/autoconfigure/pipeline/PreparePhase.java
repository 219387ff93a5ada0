package org.mlxspring.autoconfigure.pipeline;

import org.mlxspring.autoconfigure.prepare.PreparedStore;
import org.mlxspring.autoconfigure.run.RunJournal;
import org.mlxspring.autoconfigure.run.RunPlan;
import org.mlxspring.autoconfigure.run.RunState;
import org.mlxspring.engine.data.RowCounts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.JobInterruptedException;

/** Tokenizes the rows of the dataset version, unless a run before did, and says what training will make of them. */
final class PreparePhase implements Phase {

    private static final Logger LOG = LoggerFactory.getLogger(PreparePhase.class);

    private final RunJournal journal;
    private final RunRows rows;

    PreparePhase(RunJournal journal, RunRows rows) {
        this.journal = journal;
        this.rows = rows;
    }

    @Override
    public void work(RunPlan run, RunControl control) throws JobInterruptedException {
        journal.enter(run.id(), RunState.PREPARING);
        PreparedStore store = rows.tokens(run, control);
        RowCounts counts = store.counts();
        LOG.info(
                "Run {} has {} rows of {} tokens in {}, made at {}.",
                run.id(),
                counts.examples(),
                counts.tokens(),
                store.folder(),
                store.madeAt().orElseThrow());
        if (counts.cut() > 0 || counts.withoutTargets() > 0) {
            LOG.warn(
                    "Run {}: {} rows are longer than max_seq_length {} and will be cut; of {} rows nothing is learned, as"
                            + " their answer is cut away or empty.",
                    run.id(),
                    counts.cut(),
                    run.settings().maxSeqLength(),
                    counts.withoutTargets());
        }
    }
}
