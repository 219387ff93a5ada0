package org.mlxspring.autoconfigure.schedule;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.mlxspring.autoconfigure.run.RunRequest;
import org.mlxspring.autoconfigure.run.RunView;
import org.mlxspring.autoconfigure.run.Runs;

/** The schedules of {@code mlx.schedules}. */
public class Schedules {

    /** Who starts the runs that start by the clock. */
    static final String CLOCK = "schedule";

    private final Map<String, RunSchedule> schedules;
    private final Runs runs;
    private final ScheduleClock clock;
    private final ScheduleFailures failures;
    private final ScheduleImports imports;

    Schedules(
            Map<String, RunSchedule> schedules,
            Runs runs,
            ScheduleClock clock,
            ScheduleFailures failures,
            ScheduleImports imports) {
        this.imports = imports;
        this.schedules = new TreeMap<>(schedules);
        this.runs = runs;
        this.clock = clock;
        this.failures = failures;
    }

    /** All schedules by name. */
    public List<ScheduleView> list() {
        return schedules.values().stream().map(this::view).toList();
    }

    /**
     * Starts the run of a schedule now, as the clock would: the sources of its dataset are imported first, where the
     * schedule says so, and waited for. Not to be called in a transaction.
     *
     * @param startedBy who asks for it
     * @throws ProblemException if there is no such schedule, an import failed, or its dataset has no version yet; other than
     *     the first, that is its last failure until a run starts
     */
    public RunView run(String name, String startedBy) {
        RunSchedule schedule = schedules.get(name);
        if (schedule == null) {
            throw ProblemException.notFound(
                    "Unknown schedule",
                    "There is no schedule '" + name + "' in mlx.schedules. "
                            + (schedules.isEmpty()
                                    ? "It has none."
                                    : "There are: " + String.join(", ", schedules.keySet()) + "."),
                    Map.of("schedules", List.copyOf(schedules.keySet())));
        }
        try {
            return start(schedule, startedBy, () -> false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The application stops while rows are imported for schedule " + name, e);
        }
    }

    /** Whether the run that was due last was started, be it by an instance that was killed before it could note that. */
    boolean wasStarted(RunSchedule schedule, Instant now) {
        return runs.lastOf(schedule.name())
                .filter(run -> run.startedBy().equals(CLOCK))
                .flatMap(run -> schedule.next(run.createdAt()))
                .filter(next -> next.isAfter(now))
                .isPresent();
    }

    /** @param leaving whether this instance shuts down */
    RunView start(RunSchedule schedule, String startedBy, BooleanSupplier leaving) throws InterruptedException {
        try {
            if (schedule.importSources()) {
                imports.bringIn(schedule, startedBy, leaving);
            }
            RunView run = runs.start(
                    RunRequest.pipeline(schedule.model(), schedule.dataset(), schedule.settings()),
                    startedBy,
                    Optional.of(schedule.name()));
            failures.forget(schedule.name());
            return run;
        } catch (ProblemException e) {
            failures.note(schedule.name(), String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private ScheduleView view(RunSchedule schedule) {
        Instant next = schedule.enabled()
                ? clock.nextTime(schedule.name())
                        .or(() -> schedule.next(Instant.now()))
                        .orElse(null)
                : null;
        return new ScheduleView(
                schedule.name(),
                schedule.cron().toString(),
                schedule.zone().getId(),
                schedule.dataset(),
                schedule.model(),
                schedule.settings(),
                next,
                runs.lastOf(schedule.name())
                        .map(run -> new ScheduleView.LastRun(run.id(), run.state(), run.endedAt()))
                        .orElse(null),
                failures.of(schedule.name()).orElse(null));
    }
}
