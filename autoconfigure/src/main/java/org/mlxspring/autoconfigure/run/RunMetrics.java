package org.mlxspring.autoconfigure.run;

import java.util.List;
import org.mlxspring.engine.train.TrainEvent;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;

/** The reports of runs. */
final class RunMetrics {

    private final RunMetricRepository metrics;

    RunMetrics(RunMetricRepository metrics) {
        this.metrics = metrics;
    }

    /** Training goes on from a checkpoint: what was reported after it will be reported again. */
    void forgetFrom(String run, int iteration) {
        metrics.deleteFrom(run, iteration);
    }

    void add(String run, TrainEvent.Report report) {
        put(new RunMetricEntity(run, report));
    }

    void add(String run, TrainEvent.Validated validated) {
        put(new RunMetricEntity(run, validated));
    }

    void add(String run, int iteration, TrainEvent.Tested tested) {
        put(new RunMetricEntity(run, iteration, "test", tested.testLoss()));
    }

    Page<MetricView> after(String run, long id, Pageable page) {
        return metrics.findByRunIdAndIdGreaterThan(run, id, page).map(RunMetricEntity::view);
    }

    List<MetricView> next(String run, long id) {
        return metrics.findFirst500ByRunIdAndIdGreaterThanOrderByRunIdAscIdAsc(run, id).stream()
                .map(RunMetricEntity::view)
                .toList();
    }

    /** A report of the same kind and iteration from before a crash is replaced. */
    private void put(RunMetricEntity metric) {
        metrics.deleteSame(metric.runId(), metric.kind(), metric.iteration());
        metrics.saveAndFlush(metric);
    }
}
