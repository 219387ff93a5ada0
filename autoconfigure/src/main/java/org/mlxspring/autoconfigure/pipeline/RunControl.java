package org.mlxspring.autoconfigure.pipeline;

import java.util.function.BooleanSupplier;
import org.mlxspring.autoconfigure.run.RunJournal;

/** Why an execution of a run may have to end early; asked about once a second while a worker works. */
final class RunControl {

    private final String run;
    private final RunJournal journal;
    private final BooleanSupplier shuttingDown;
    private final BooleanSupplier lost;

    /**
     * @param shuttingDown whether this instance shuts down
     * @param lost whether other instances must take this one for dead, because its heartbeats no longer reach the
     *     database
     */
    RunControl(String run, RunJournal journal, BooleanSupplier shuttingDown, BooleanSupplier lost) {
        this.run = run;
        this.journal = journal;
        this.shuttingDown = shuttingDown;
        this.lost = lost;
    }

    boolean stopWanted() {
        return shuttingDown.getAsBoolean() || journal.stopRequested(run);
    }

    boolean lost() {
        return lost.getAsBoolean();
    }
}
