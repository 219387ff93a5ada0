package org.mlxspring.autoconfigure.run;

import org.mlxspring.autoconfigure.check.VersionReports;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.dataset.Datasets;
import org.mlxspring.autoconfigure.model.Models;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the runs and their controller. */
@Configuration(proxyBeanMethods = false)
public class RunConfiguration {

    @Bean
    RunQueue mlxRunQueue(MlxDatabase database) {
        return new RunQueue(database);
    }

    @Bean
    Runs mlxRuns(Models models, Datasets datasets, VersionReports reports, MlxDatabase database, RunQueue queue) {
        return new Runs(models, datasets, reports, database, queue);
    }

    @Bean
    RunJournal mlxRunJournal(MlxDatabase database, ApplicationEventPublisher listeners) {
        return new RunJournal(database, listeners);
    }

    @Bean
    @ConditionalOnWebApplication(type = Type.SERVLET)
    RunEvents mlxRunEvents(Runs runs, MlxDatabase database) {
        return new RunEvents(runs, database);
    }

    @Bean
    @ConditionalOnWebApplication(type = Type.SERVLET)
    RunController mlxRunController(Runs runs, RunEvents events) {
        return new RunController(runs, events);
    }
}
