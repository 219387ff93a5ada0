package org.mlxspring.sample.learning;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.mlxspring.autoconfigure.run.RunStateChanged;
import org.mlxspring.autoconfigure.run.RunView;
import org.mlxspring.autoconfigure.run.TrainingReported;
import org.mlxspring.engine.train.TrainEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** One readable line every few seconds while this application works on a run, and the table at its end. */
@Component
class RunLog {

    private static final Logger LOG = LoggerFactory.getLogger(RunLog.class);
    private static final Duration PAUSE = Duration.ofSeconds(3);
    private static final Duration SILENCE = Duration.ofSeconds(6);

    private final RunReport report;
    private String doing = "";
    private Instant since = Instant.EPOCH;
    private Instant lastLine = Instant.EPOCH;

    RunLog(RunReport report) {
        this.report = report;
    }

    @EventListener
    synchronized void on(RunStateChanged changed) {
        RunView run = changed.run();
        switch (run.state()) {
            case QUEUED -> ended("Run " + run.id() + " waits for the next start and goes on from its last checkpoint.");
            case PREPARING -> begun("Tokenizing the tickets");
            case TRAINING -> begun("Training");
            case EVALUATING -> begun("Answering the held-out tickets with and without the adapter");
            case FUSING -> begun("Fusing the adapter with the base model");
            case SUCCEEDED -> ended("Done.\n" + report.ofSuccess(run));
            case FAILED, STOPPED -> {
                doing = "";
                LOG.warn(report.ofFailure(run));
            }
        }
    }

    @EventListener
    synchronized void on(TrainingReported reported) {
        switch (reported.event()) {
            case TrainEvent.Referenced reference
            when quietFor(PAUSE) -> line("Reference of %d of %d answers", reference.answers(), reference.total());
            case TrainEvent.Notice notice -> line("%s", notice.text());
            case TrainEvent.Started started
            when started.firstIteration() > 1 ->
                line("Going on after iteration %d of %d", started.firstIteration() - 1, started.iterations());
            case TrainEvent.Started started ->
                line(
                        "%,d of %,d weights are trained, on %d tickets",
                        started.trainableParameters(), started.totalParameters(), started.trainRows());
            case TrainEvent.Validated validated ->
                line("Validation loss after %d iterations: %.4f", validated.iteration(), validated.valLoss());
            case TrainEvent.Report report
            when quietFor(PAUSE) || report.iteration() == reported.run().iterations() -> line(report, reported.run());
            case TrainEvent.Report _,
                    TrainEvent.Referenced _,
                    TrainEvent.Saved _,
                    TrainEvent.Tested _,
                    TrainEvent.Finished _ -> {}
        }
    }

    /** Says that it still works where nothing else does. */
    @Scheduled(fixedDelay = 1000)
    synchronized void stillWorking() {
        if (!doing.isEmpty() && quietFor(SILENCE)) {
            line(
                    "%s: %d s so far",
                    doing, Duration.between(since, Instant.now()).toSeconds());
        }
    }

    private void line(TrainEvent.Report report, RunView run) {
        line(
                "Iteration %d of %d: loss %.4f, %,.0f tokens/s, about %.0f s left",
                report.iteration(),
                run.iterations(),
                report.trainLoss(),
                report.tokensPerSecond(),
                (run.iterations() - report.iteration()) / report.iterationsPerSecond());
    }

    private void begun(String what) {
        doing = what;
        since = Instant.now();
        line("%s", what);
    }

    private void ended(String how) {
        doing = "";
        line("%s", how);
    }

    private boolean quietFor(Duration time) {
        return lastLine.plus(time).isBefore(Instant.now());
    }

    private void line(String format, Object... values) {
        LOG.info(String.format(Locale.ROOT, format, values));
        lastLine = Instant.now();
    }
}
