package org.mlxspring.autoconfigure.run;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How one side of the comparison did on the test split.
 *
 * @param name {@code base}, {@code champion} or {@code candidate}
 * @param version number of the champion's version; null of the others
 * @param rows rows judged
 * @param loss mean loss per token
 * @param perplexity {@code exp(loss)}
 * @param answered rows answered by generation
 * @param exactMatch share of exact answers in [0, 1]; 0 where none was generated
 * @param metrics measures of the answers, where they fit the rows; empty where none was generated
 */
public record RunScore(
        String name,
        @Nullable Integer version,
        int rows,
        double loss,
        double perplexity,
        int answered,
        double exactMatch,
        List<RunTaskMetric> metrics) {

    public RunScore {
        // Scores that were stored before there were metrics have none.
        metrics = Objects.requireNonNullElse(metrics, List.of());
    }
}
