package org.mlxspring.autoconfigure.schedule;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.mlxspring.autoconfigure.run.RunRequest;
import org.mlxspring.autoconfigure.run.RunView;
import org.mlxspring.autoconfigure.run.Runs;

/** The schedules of {@code mlx.schedules}. */
public class Schedules {

    private final Map<String, RunSchedule> schedules;
    private final Runs runs;
    private final ScheduleClock clock;
    private final ScheduleFailures failures;

    Schedules(Map<String, RunSchedule> schedules, Runs runs, ScheduleClock clock, ScheduleFailures failures) {
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
     * Starts the run of a schedule now.
     *
     * @param startedBy who asks for it
     * @throws ProblemException if there is no such schedule, or its dataset has no version yet
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
        return runs.start(
                RunRequest.pipeline(schedule.model(), schedule.dataset(), schedule.settings()),
                startedBy,
                Optional.of(name));
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
