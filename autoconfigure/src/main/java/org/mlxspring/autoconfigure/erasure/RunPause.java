package org.mlxspring.autoconfigure.erasure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.mlxspring.autoconfigure.pipeline.RunFolders;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.mlxspring.autoconfigure.run.RunOnVersion;
import org.mlxspring.autoconfigure.run.Runs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops the runs on versions that hold the rows, lets them begin anew, and starts them again in the end. */
final class RunPause {

    private static final Logger LOG = LoggerFactory.getLogger(RunPause.class);

    private final ErasureRows records;
    private final Runs runs;
    private final RunFolders folders;

    RunPause(ErasureRows records, Runs runs, RunFolders folders) {
        this.records = records;
        this.runs = runs;
        this.folders = folders;
    }

    /**
     * Asks the runs on these versions to stop.
     *
     * @return whether none is at work any more
     */
    boolean stopped(long erasure, Collection<Long> versions) {
        List<RunOnVersion> active = active(versions);
        for (RunOnVersion run : active) {
            records.addStopped(erasure, run.id());
            try {
                runs.stop(run.id());
            } catch (ProblemException e) {
                LOG.debug("Run {} was over before erasure {} could stop it.", run.id(), erasure);
            }
        }
        return active.isEmpty() || active(versions).isEmpty();
    }

    /**
     * Removes what unfinished trainings have learned so far, so that a restart begins on what is left.
     *
     * @param versions the versions that the rows were learned from
     */
    List<ErasureReport.AffectedRun> beginAnew(long erasure, Collection<Long> versions) {
        Set<String> stopped = new HashSet<>(records.stopped(erasure));
        List<ErasureReport.AffectedRun> seen = new ArrayList<>();
        for (RunOnVersion run : runs.on(versions)) {
            boolean unfinished = run.state().restartable() && !run.trained();
            if (unfinished) {
                folders.forgetTraining(run.id());
            }
            seen.add(new ErasureReport.AffectedRun(run.id(), stopped.contains(run.id()), unfinished, false));
        }
        return seen;
    }

    /** Starts the runs again that had to stop. */
    List<ErasureReport.AffectedRun> restart(List<ErasureReport.AffectedRun> seen) {
        return seen.stream().map(this::restart).toList();
    }

    private ErasureReport.AffectedRun restart(ErasureReport.AffectedRun run) {
        if (!run.stopped() || run.restarted()) {
            return run;
        }
        try {
            runs.restart(run.id());
        } catch (ProblemException e) {
            LOG.info("Run {} is not restarted after its erasure: {}", run.id(), e.getMessage());
            return run;
        }
        return new ErasureReport.AffectedRun(run.id(), true, run.beginsAnew(), true);
    }

    private List<RunOnVersion> active(Collection<Long> versions) {
        return runs.on(versions).stream().filter(run -> !run.state().over()).toList();
    }
}
