package org.mlxspring.autoconfigure.schedule;

import java.util.Map;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.model.Models;
import org.mlxspring.autoconfigure.run.Runs;
import org.mlxspring.autoconfigure.source.Imports;
import org.mlxspring.autoconfigure.source.Sources;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the schedules and their controller. */
@Configuration(proxyBeanMethods = false)
public class ScheduleConfiguration {

    /** The schedules of the properties, checked once for all who need them. */
    record Checked(Map<String, RunSchedule> schedules) {}

    @Bean
    ScheduleClock mlxScheduleClock(MlxDatabase database) {
        return new ScheduleClock(database);
    }

    @Bean
    Checked mlxCheckedSchedules(NamedSchedules properties, Models models) {
        return new Checked(new ScheduleCheck(models).check(properties.schedules()));
    }

    @Bean
    ScheduleFailures mlxScheduleFailures(MlxDatabase database) {
        return new ScheduleFailures(database.jdbc());
    }

    @Bean
    Schedules mlxSchedules(Checked checked, Runs runs, ScheduleClock clock, ScheduleFailures failures) {
        return new Schedules(checked.schedules(), runs, clock, failures);
    }

    @Bean
    ScheduleRunner mlxScheduleRunner(
            Checked checked,
            Schedules schedules,
            ScheduleClock clock,
            ScheduleFailures failures,
            Imports imports,
            Sources sources,
            MlxDatabase database) {
        return new ScheduleRunner(
                checked.schedules(), schedules, clock, failures, new ScheduleImports(imports, sources), database);
    }

    @Bean
    @ConditionalOnWebApplication(type = Type.SERVLET)
    ScheduleController mlxScheduleController(Schedules schedules) {
        return new ScheduleController(schedules);
    }
}
