package org.mlxspring.autoconfigure.actuate;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import org.mlxspring.autoconfigure.run.RunState;
import org.mlxspring.autoconfigure.run.RunStateChanged;
import org.mlxspring.autoconfigure.run.RunView;
import org.mlxspring.autoconfigure.run.Runs;
import org.mlxspring.autoconfigure.run.TrainingReported;
import org.mlxspring.engine.train.TrainEvent;
import org.springframework.context.event.EventListener;

/**
 * Meters of the runs. The counter, the timer and the gauges of the training tell of this instance, the gauges of the
 * queue of the database, and so the same on every instance.
 */
class MlxMetrics implements MeterBinder {
    private final MeterRegistry registry;
    private final RunCounts counts;

    private volatile double trainLoss = Double.NaN;
    private volatile double validLoss = Double.NaN;
    private volatile double tokensPerSecond = Double.NaN;
    private volatile double peakMemory = Double.NaN;

    MlxMetrics(MeterRegistry registry, Runs runs) {
        this.registry = registry;
        this.counts = new RunCounts(runs);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("mlx.runs.queued", counts, RunCounts::queued)
                .description("Runs that wait for a free place")
                .register(registry);
        Gauge.builder("mlx.runs.running", counts, RunCounts::running)
                .description("Runs that are being worked on")
                .register(registry);
        Gauge.builder("mlx.training.loss", this, metrics -> metrics.trainLoss)
                .tag("kind", "train")
                .description("Loss of the running training, as last reported; NaN while nothing trains")
                .register(registry);
        Gauge.builder("mlx.training.loss", this, metrics -> metrics.validLoss)
                .tag("kind", "valid")
                .description("Loss of the running training, as last reported; NaN while nothing trains")
                .register(registry);
        Gauge.builder("mlx.training.tokens.per.second", this, metrics -> metrics.tokensPerSecond)
                .description("Speed of the running training; NaN while nothing trains")
                .register(registry);
        Gauge.builder("mlx.training.peak.memory", this, metrics -> metrics.peakMemory)
                .baseUnit("bytes")
                .description("Peak of MLX's memory in the running training; NaN while nothing trains")
                .register(registry);
    }

    @EventListener
    void on(RunStateChanged changed) {
        RunView run = changed.run();
        if (run.state() != RunState.TRAINING) {
            forgetTraining();
        }
        if (run.state().over()) {
            ended(run);
        }
    }

    @EventListener
    void on(TrainingReported reported) {
        switch (reported.event()) {
            case TrainEvent.Report report -> {
                trainLoss = report.trainLoss();
                tokensPerSecond = report.tokensPerSecond();
                peakMemory = report.peakMemory() * 1e9;
            }
            case TrainEvent.Validated validated -> validLoss = validated.valLoss();
            case TrainEvent.Finished _ -> forgetTraining();
            case TrainEvent.Referenced _,
                    TrainEvent.Notice _,
                    TrainEvent.Started _,
                    TrainEvent.Saved _,
                    TrainEvent.Tested _ -> {}
        }
    }

    private void ended(RunView run) {
        Tags tags = Tags.of(
                "model", run.model(), "job", run.job(), "state", run.state().name());
        Counter.builder("mlx.runs")
                .description("Runs that ended")
                .tags(tags)
                .register(registry)
                .increment();
        if (run.startedAt() != null && run.endedAt() != null) {
            Timer.builder("mlx.run.duration")
                    .description("Time from the start of a run to its end, over all its restarts")
                    .tags(tags)
                    .register(registry)
                    .record(Duration.between(run.startedAt(), run.endedAt()));
        }
    }

    private void forgetTraining() {
        trainLoss = Double.NaN;
        validLoss = Double.NaN;
        tokensPerSecond = Double.NaN;
        peakMemory = Double.NaN;
    }
}
