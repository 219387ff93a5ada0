package org.mlxspring.engine.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Scores the answers of contenders.
 *
 * @param expected the rows' own answers
 */
record Scoring(List<String> expected, List<Metric> metrics, Bootstrap bootstrap) {

    /**
     * What each metric says.
     *
     * @param answers one per expected answer
     * @param base the base model's answers; empty where it is the base model that is scored, or was not asked
     */
    List<MetricScore> scores(List<String> answers, Optional<List<String>> base) {
        List<MetricScore> scores = new ArrayList<>();
        for (Metric metric : metrics) {
            double[] values = values(metric, answers);
            Optional<Estimate> over = base.map(others -> {
                double[] differences = values.clone();
                double[] theirs = values(metric, others);
                for (int i = 0; i < differences.length; i++) {
                    differences[i] -= theirs[i];
                }
                return bootstrap.mean(differences);
            });
            scores.add(new MetricScore(metric.name(), values.length, bootstrap.mean(values), over));
        }
        return scores;
    }

    /** Scores of the rows that the metric speaks of; which these are depends on the expected answers alone. */
    private double[] values(Metric metric, List<String> answers) {
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < expected.size(); i++) {
            metric.score(expected.get(i), answers.get(i)).ifPresent(values::add);
        }
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
