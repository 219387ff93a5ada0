package org.mlxspring.autoconfigure.schedule;

import java.util.Map;

/**
 * The schedules of the properties as they were written.
 *
 * @param schedules by name
 */
public record NamedSchedules(Map<String, ScheduleProperties> schedules) {

    public NamedSchedules {
        schedules = Map.copyOf(schedules);
    }
}
