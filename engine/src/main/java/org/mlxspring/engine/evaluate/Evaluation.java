package org.mlxspring.engine.evaluate;

import java.util.List;

/**
 * What {@link EvaluateSpec} asked for.
 *
 * @param scores one per contender, in the order of the specification
 */
public record Evaluation(List<Score> scores) {

    public Evaluation {
        scores = List.copyOf(scores);
    }

    /**
     * @param name the contender
     * @param rows rows of the file
     * @param loss mean loss per target token
     * @param perplexity {@code exp(loss)}
     * @param answered rows answered by generation
     * @param exact answers equal to the row's completion after trimming white space
     * @param metrics of the answers; empty where none was generated
     */
    public record Score(
            String name, int rows, double loss, double perplexity, int answered, int exact, List<MetricScore> metrics) {

        public Score {
            metrics = List.copyOf(metrics);
        }

        /** Without metrics of the answers. */
        public Score(String name, int rows, double loss, double perplexity, int answered, int exact) {
            this(name, rows, loss, perplexity, answered, exact, List.of());
        }

        Score with(List<MetricScore> others) {
            return new Score(name, rows, loss, perplexity, answered, exact, others);
        }

        /** Share of exact answers in [0, 1]; 0 where none was generated. */
        public double exactMatch() {
            return answered == 0 ? 0 : (double) exact / answered;
        }
    }
}
