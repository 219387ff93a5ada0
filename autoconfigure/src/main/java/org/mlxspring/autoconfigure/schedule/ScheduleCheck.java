package org.mlxspring.autoconfigure.schedule;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mlxspring.autoconfigure.model.Models;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.mlxspring.engine.train.TrainSettings;
import org.springframework.scheduling.support.CronExpression;

/** Checks the schedules of the properties when the application starts. */
final class ScheduleCheck {

    private final Models models;

    ScheduleCheck(Models models) {
        this.models = models;
    }

    /** @throws WrongScheduleException naming the first property that is wrong, and what would be right */
    Map<String, RunSchedule> check(Map<String, ScheduleProperties> properties) {
        Map<String, RunSchedule> schedules = new TreeMap<>();
        properties.forEach((name, schedule) -> schedules.put(name, check(name, schedule)));
        return schedules;
    }

    private RunSchedule check(String name, ScheduleProperties schedule) {
        String prefix = "mlx.schedules." + name + ".";
        String model = required(prefix + "model", schedule.model(), "the name of a model in mlx.models");
        try {
            models.path(model);
        } catch (ProblemException e) {
            throw new WrongScheduleException(prefix + "model", model, String.valueOf(e.getMessage()));
        }
        RunSchedule checked = new RunSchedule(
                name,
                cron(
                        prefix + "cron",
                        required(prefix + "cron", schedule.cron(), "a cron expression such as 0 0 2 * * *")),
                zone(prefix + "zone", schedule.zone()),
                required(prefix + "dataset", schedule.dataset(), "the name of a dataset"),
                model,
                SettingsOfProperties.read(schedule.settings()),
                schedule.importSources(),
                schedule.enabled());
        try {
            TrainSettings.fromMap(checked.settings());
        } catch (IllegalArgumentException e) {
            throw new WrongScheduleException(prefix + "settings", "wrong", String.valueOf(e.getMessage()));
        }
        return checked;
    }

    private static String required(String property, @Nullable String value, String what) {
        if (value == null || value.isBlank()) {
            throw new WrongScheduleException(property, "not set", "It must be " + what + ".");
        }
        return value;
    }

    private static CronExpression cron(String property, String expression) {
        try {
            return CronExpression.parse(expression);
        } catch (IllegalArgumentException e) {
            throw new WrongScheduleException(
                    property,
                    expression,
                    "It must be second, minute, hour, day of month, month and day of week, such as 0 0 2 * * * for every"
                            + " night at two: " + e.getMessage() + ".");
        }
    }

    private static ZoneId zone(String property, @Nullable String zone) {
        try {
            return zone == null ? ZoneId.systemDefault() : ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new WrongScheduleException(
                    property, String.valueOf(zone), "It must be a time zone such as Europe/Berlin or UTC.");
        }
    }
}
