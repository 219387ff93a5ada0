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
    Schedules mlxSchedules(
            Checked checked, Runs runs, ScheduleClock clock, MlxDatabase database, Imports imports, Sources sources) {
        return new Schedules(
                checked.schedules(),
                runs,
                clock,
                new ScheduleFailures(database.jdbc()),
                new ScheduleImports(imports, sources));
    }

    @Bean
    ScheduleRunner mlxScheduleRunner(Checked checked, Schedules schedules, ScheduleClock clock, MlxDatabase database) {
        return new ScheduleRunner(checked.schedules(), schedules, clock, database);
    }

    @Bean
    @ConditionalOnWebApplication(type = Type.SERVLET)
    ScheduleController mlxScheduleController(Schedules schedules) {
        return new ScheduleController(schedules);
    }
}
