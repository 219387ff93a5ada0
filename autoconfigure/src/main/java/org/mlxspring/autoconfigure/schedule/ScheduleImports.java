package org.mlxspring.autoconfigure.schedule;

import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.mlxspring.autoconfigure.source.ImportState;
import org.mlxspring.autoconfigure.source.ImportView;
import org.mlxspring.autoconfigure.source.Imports;
import org.mlxspring.autoconfigure.source.Sources;

/** Brings in what the sources of a schedule's dataset have, before its run starts. */
final class ScheduleImports {

    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Imports imports;
    private final Sources sources;

    ScheduleImports(Imports imports, Sources sources) {
        this.imports = imports;
        this.sources = sources;
    }

    /**
     * Imports the sources one after the other and waits for each.
     *
     * @param user in whose name
     * @param leaving whether this instance shuts down; an import that has begun goes on without it
     * @throws ProblemException if an import does not succeed; the run must not start
     */
    void bringIn(RunSchedule schedule, String user, BooleanSupplier leaving) throws InterruptedException {
        for (String source : sources.of(schedule.dataset())) {
            ImportView view = imports.start(source, user);
            while (!view.state().over()) {
                if (leaving.getAsBoolean()) {
                    throw new InterruptedException();
                }
                view = imports.await(view.id(), LOOK);
            }
            if (view.state() != ImportState.SUCCEEDED) {
                throw ProblemException.conflict(
                        "Rows are missing",
                        "Import " + view.id() + " of source " + source + " is " + view.state() + ": " + view.reason(),
                        Map.of("import", view.id(), "source", source));
            }
        }
    }
}
