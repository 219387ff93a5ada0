package org.mlxspring.autoconfigure.pipeline;

import org.mlxspring.autoconfigure.run.RunPlan;
import org.springframework.batch.core.job.JobInterruptedException;

/** The work of one step of a run. */
interface Phase {

    /**
     * @param run what to do
     * @param control whether to go on
     * @throws JobInterruptedException if it was asked to stop, in a state that the same phase goes on from
     * @throws RunFailedException if it cannot go on, with a reason for a person
     */
    void work(RunPlan run, RunControl control) throws JobInterruptedException;
}
