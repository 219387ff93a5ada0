package org.mlxspring.sample.learning;

import java.util.Optional;
import org.mlxspring.autoconfigure.dataset.DatasetVersionView;
import org.mlxspring.autoconfigure.dataset.Datasets;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.mlxspring.autoconfigure.run.RunView;
import org.mlxspring.autoconfigure.run.Runs;
import org.mlxspring.autoconfigure.schedule.Schedules;
import org.mlxspring.sample.ticket.TicketFile;
import org.mlxspring.sample.ticket.Tickets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Sort;
import org.springframework.stereotype.Component;

/**
 * What happens when the application has started. The first time it loads the tickets and does at once what the schedule
 * does at night. Later it only says where things stand: an interrupted run is taken up by the starter.
 */
@Component
class Start {

    private static final Logger LOG = LoggerFactory.getLogger(Start.class);
    private static final String SCHEDULE = "nightly";
    private static final String DATASET = "tickets";

    private final Tickets tickets;
    private final TicketFile file;
    private final Datasets datasets;
    private final Schedules schedules;
    private final Runs runs;
    private final RunReport report;

    Start(Tickets tickets, TicketFile file, Datasets datasets, Schedules schedules, Runs runs, RunReport report) {
        this.tickets = tickets;
        this.file = file;
        this.datasets = datasets;
        this.schedules = schedules;
        this.runs = runs;
        this.report = report;
    }

    @EventListener(ApplicationReadyEvent.class)
    void started() {
        LOG.info("The service desk is at {}, its fine-tuning at {}.", report.address("/"), report.address("/mlx"));
        if (tickets.count() == 0) {
            tickets.add(file.read());
            LOG.info("{} tickets were loaded into its tables.", tickets.count());
        }
        lastRun().ifPresentOrElse(this::tellOf, this::firstRun);
    }

    private void firstRun() {
        LOG.info("This is the first start: what the schedule does at night is done now, tickets first.");
        try {
            RunView run = schedules.run(SCHEDULE, "first-start");
            DatasetVersionView rows = datasets.version(run.dataset(), run.datasetVersion());
            LOG.info(
                    "The tickets are version {} of dataset {}: {} to train on, {} to validate with, {} held out to judge.",
                    rows.version(),
                    rows.dataset(),
                    rows.trainRows(),
                    rows.validRows(),
                    rows.testRows());
        } catch (ProblemException e) {
            LOG.error("The first run could not be started: {}", e.getMessage());
        }
    }

    private void tellOf(RunView run) {
        switch (run.state()) {
            case SUCCEEDED -> LOG.info("Nothing to do until the next run. The last one:\n{}", report.ofSuccess(run));
            case FAILED, STOPPED -> LOG.warn(report.ofFailure(run));
            case QUEUED, PREPARING, TRAINING, EVALUATING, FUSING ->
                LOG.info(
                        "Run {} was interrupted after {} of {} iterations. It goes on from its last checkpoint, within about"
                                + " ten seconds of the start.",
                        run.id(),
                        run.iteration(),
                        run.iterations());
        }
    }

    private Optional<RunView> lastRun() {
        return runs
                .list(
                        null,
                        null,
                        DATASET,
                        PageRequest.of(0, 1, Sort.by("createdAt").descending()))
                .stream()
                .findFirst();
    }
}
