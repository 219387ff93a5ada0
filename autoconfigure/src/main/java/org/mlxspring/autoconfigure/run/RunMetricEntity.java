package org.mlxspring.autoconfigure.run;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mlxspring.engine.train.TrainEvent;

@Entity(name = "MlxRunMetric")
@Table(name = "mlx_run_metrics")
class RunMetricEntity {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    private String runId = "";
    private int iteration;
    private String kind = "";
    private @Nullable Double loss;
    private @Nullable Double learningRate;
    private @Nullable Double tokensPerSecond;
    private @Nullable Double iterationsPerSecond;
    private @Nullable Long trainedTokens;
    private @Nullable Double peakMemory;
    private @Nullable Double gradNorm;
    private Instant reportedAt = Instant.EPOCH;

    protected RunMetricEntity() {}

    RunMetricEntity(String runId, int iteration, String kind, double loss) {
        this.runId = runId;
        this.iteration = iteration;
        this.kind = kind;
        this.loss = finite(loss);
        this.reportedAt = RunEntity.now();
    }

    RunMetricEntity(String runId, TrainEvent.Report report) {
        this(runId, report.iteration(), "train", report.trainLoss());
        learningRate = finite(report.learningRate());
        tokensPerSecond = finite(report.tokensPerSecond());
        iterationsPerSecond = finite(report.iterationsPerSecond());
        trainedTokens = report.trainedTokens();
        peakMemory = finite(report.peakMemory());
        gradNorm = finite(report.gradNorm());
    }

    String runId() {
        return runId;
    }

    String kind() {
        return kind;
    }

    int iteration() {
        return iteration;
    }

    MetricView view() {
        return new MetricView(
                Objects.requireNonNull(id),
                iteration,
                kind,
                loss,
                learningRate,
                tokensPerSecond,
                iterationsPerSecond,
                trainedTokens,
                peakMemory,
                gradNorm,
                reportedAt);
    }

    /** JSON has no word for what is not a number. */
    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
