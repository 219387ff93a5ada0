package org.mlxspring.hosts.busy;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.mlxspring.autoconfigure.dataset.Datasets;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import tools.jackson.databind.PropertyNamingStrategies;

@SpringBootApplication
class BusyApplication {

    /** Counts the executions of the job that Boot runs at start. */
    static final AtomicInteger REPORTS = new AtomicInteger();

    /** Scanned, so that slice tests leave it out as they do in any application. */
    @Configuration(proxyBeanMethods = false)
    static class OwnBeans {

    @Bean
    Job nightlyReport(JobRepository repository, PlatformTransactionManager transactions) {
        return new JobBuilder("nightlyReport", repository)
                .start(new StepBuilder("count", repository)
                        .tasklet(
                                (contribution, context) -> {
                                    REPORTS.incrementAndGet();
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

    record TicketView(String subjectLine) {}

    @RestController
    static class TicketController {
        @GetMapping("/ticket")
        TicketView ticket() {
            return new TicketView("printer");
        }

        @GetMapping("/broken")
        TicketView broken() {
            throw new IllegalStateException("broken");
        }
    }

    @RestControllerAdvice
    static class HostErrors {
        @ExceptionHandler
        ResponseEntity<String> anything(RuntimeException e) {
            return ResponseEntity.status(HttpStatus.I_AM_A_TEAPOT).body("the host's own words");
        }
    }

    @Service
    static class Desk {
        private final TicketRepository tickets;
        private final ObjectProvider<Datasets> datasets;

        Desk(TicketRepository tickets, ObjectProvider<Datasets> datasets) {
            this.tickets = tickets;
            this.datasets = datasets;
        }

        /** Exports inside a transaction of the host that is rolled back. */
        @Transactional
        public void exportAndFail() {
            tickets.saveAndFlush(new Ticket("lost"));
            Objects.requireNonNull(datasets.getIfAvailable())
                    .create(
                            "exported",
                            tickets.findAll().stream()
                                    .flatMap(ticket -> IntStream.range(0, 9)
                                            .mapToObj(i -> Map.of("prompt", ticket.subjectLine() + i, "completion", "x")))
                                    .toList(),
                            "desk");
            throw new IllegalStateException("the host changed its mind");
        }
    }
}
