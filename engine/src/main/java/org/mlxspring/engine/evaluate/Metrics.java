package org.mlxspring.engine.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The metrics of a file of rows: those of every answer, and one for each usual field where answers are JSON objects. */
final class Metrics {

    /** With more of them than these, keys are data rather than fields. */
    private static final int MOST_FIELDS = 50;

    private Metrics() {}

    /**
     * The metrics that say something about at least one of the expected answers, in the order in which they are shown.
     *
     * @param expected the rows' own answers
     */
    static List<Metric> of(List<String> expected) {
        Map<String, Integer> rowsByField = new LinkedHashMap<>();
        List<JsonNode> objects = expected.stream()
                .flatMap(text -> JsonText.object(text).stream())
                .toList();
        objects.forEach(object -> object.propertyNames().forEach(field -> rowsByField.merge(field, 1, Integer::sum)));
        // A key that few answers have is data, such as a name, and no business of a result.
        List<String> fields = rowsByField.entrySet().stream()
                .filter(entry -> entry.getValue() * 10 >= objects.size())
                .map(Map.Entry::getKey)
                .toList();
        List<Metric> metrics = new ArrayList<>(
                List.of(new ExactMatch(), new TokenF1(), new RougeL(), new ValidJson(), new FieldAccuracy()));
        if (fields.size() <= MOST_FIELDS) {
            fields.stream().map(FieldMatch::new).forEach(metrics::add);
        }
        return metrics.stream()
                .filter(metric -> expected.stream()
                        .anyMatch(text -> metric.score(text, "").isPresent()))
                .toList();
    }

    /** What the metrics say about one answer, those that say nothing left out. */
    static Stream<Named> scores(List<Metric> metrics, String expected, String answer) {
        return metrics.stream()
                .filter(metric -> metric.score(expected, answer).isPresent())
                .map(metric ->
                        new Named(metric.name(), metric.score(expected, answer).getAsDouble()));
    }

    record Named(String name, double score) {}
}
