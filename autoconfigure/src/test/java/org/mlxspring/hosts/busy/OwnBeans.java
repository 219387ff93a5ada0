package org.mlxspring.hosts.busy;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.transaction.PlatformTransactionManager;
import tools.jackson.databind.PropertyNamingStrategies;

/** Scanned, so that slice tests leave it out as they do in any application. */
@Configuration(proxyBeanMethods = false)
class OwnBeans {

    @Bean
    Job nightlyReport(JobRepository repository, PlatformTransactionManager transactions) {
        return new JobBuilder("nightlyReport", repository)
                .start(new StepBuilder("count", repository)
                        .tasklet(
                                (contribution, context) -> {
                                    BusyApplication.REPORTS.incrementAndGet();
                                    return RepeatStatus.FINISHED;
                                },
                                transactions)
                        .build())
                .build();
    }

    @Bean
    ThreadPoolTaskExecutor applicationTaskExecutor() {
        ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
        executor.setThreadNamePrefix("busy-");
        return executor;
    }

    @Bean
    ThreadPoolTaskScheduler taskScheduler() {
        return new ThreadPoolTaskScheduler();
    }

    @Bean
    JsonMapperBuilderCustomizer snakeCase() {
        return builder -> builder.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
    }
}
