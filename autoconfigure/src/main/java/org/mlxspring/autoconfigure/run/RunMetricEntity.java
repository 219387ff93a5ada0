package org.mlxspring.autoconfigure.run;

import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
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

    @Convert(converter = JsonColumn.Measures.class)
    private Map<String, Double> measures = Map.of();

    private boolean best;
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
        measures = finite(report.metrics());
    }

    RunMetricEntity(String runId, TrainEvent.Validated validated) {
        this(runId, validated.iteration(), "valid", validated.valLoss());
        measures = finite(validated.metrics());
        best = validated.best();
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
                measures,
                best,
                reportedAt);
    }

    /** JSON has no word for what is not a number. */
    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private static Map<String, Double> finite(Map<String, Double> values) {
        Map<String, Double> finite = new LinkedHashMap<>(values);
        finite.values().removeIf(value -> !Double.isFinite(value));
        return finite;
    }
}
