package org.mlxspring.engine.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds the metrics against other implementations; the expectations are made by make_metrics.py. */
class MetricsTest {

    @Test
    void wordMetricsAreThoseOfSquadAndOfRougeScore() throws IOException {
        assertThat(golden().path("pairs").size()).isGreaterThan(70);
        for (JsonNode pair : golden().path("pairs")) {
            String expected = pair.path("expected").asString();
            String answer = pair.path("answer").asString();
            assertThat(new TokenF1().score(expected, answer).getAsDouble())
                    .as("F1 of " + pair)
                    .isEqualTo(pair.path("token_f1").asDouble(), within(1e-12));
            assertThat(new RougeL().score(expected, answer).getAsDouble())
                    .as("ROUGE-L of " + pair)
                    .isEqualTo(pair.path("rouge_l").asDouble(), within(1e-12));
        }
    }

    @Test
    void intervalsAreThoseOfNumpysDraws() throws IOException {
        for (JsonNode each : golden().path("bootstraps")) {
            double[] values = each.path("values")
                    .valueStream()
                    .mapToDouble(JsonNode::asDouble)
                    .toArray();
            Estimate estimate = new Bootstrap(
                            each.path("resamples").asInt(), each.path("seed").asLong())
                    .mean(values);
            JsonNode wanted = each.path("estimate");
            assertThat(estimate.mean()).isEqualTo(wanted.get(0).asDouble(), within(1e-12));
            assertThat(estimate.low()).isEqualTo(wanted.get(1).asDouble(), within(1e-12));
            assertThat(estimate.high()).isEqualTo(wanted.get(2).asDouble(), within(1e-12));
        }
    }

    @Test
    void validJsonIsTheWholeAnswer() {
        Metric metric = new ValidJson();
        assertThat(metric.score("{\"a\": 1}", "[]")).hasValue(1);
        assertThat(metric.score("[1]", "{\"a\": {\"b\": [1, 2.5e3, null]}}")).hasValue(1);
        for (String bad :
                List.of("", "text", "{\"a\": 1", "{} {}", "```json\n{}\n```", "{'a': 1}", "1", "{\"a\": NaN}")) {
            assertThat(metric.score("{\"a\": 1}", bad)).as(bad).hasValue(0);
        }
        assertThat(metric.score("Oslo", "{}")).isEmpty();
        assertThat(metric.score("12", "12")).isEmpty();
    }

    @Test
    void fieldsAreComparedByValue() {
        String expected = "{\"id\": 7, \"tags\": [\"a\", 1], \"who\": {\"x\": 1, \"y\": null}, \"text\": \"Ü\"}";
        assertThat(fields(
                        expected,
                        "{\"text\":\"\\u00dc\",\"who\":{\"y\":null,\"x\":1.0},\"tags\":[\"a\",1],\"id\":7.0}"))
                .isEqualTo(1);
        assertThat(fields(
                        expected,
                        "{\"id\": \"7\", \"tags\": [1, \"a\"], \"who\": {\"x\": 1}, \"text\": \"Ü\", \"z\": 0}"))
                .isEqualTo(0.25);
        assertThat(fields(expected, "no JSON")).isZero();
        assertThat(new FieldAccuracy().score("Oslo", "{}")).isEmpty();
        assertThat(new FieldAccuracy().score("{}", "{}")).isEmpty();
        assertThat(new FieldMatch("id").score(expected, "{\"id\": 7}")).isEqualTo(OptionalDouble.of(1));
        assertThat(new FieldMatch("other").score(expected, "{\"other\": 7}")).isEmpty();
        assertThat(new FieldMatch("none").score("{\"none\": null}", "{}")).hasValue(0);
    }

    @Test
    void onlyMetricsThatSaySomethingAreTaken() {
        assertThat(Metrics.of(List.of("Oslo", "")))
                .extracting(Metric::name)
                .containsExactly("exact_match", "token_f1", "rouge_l");
        assertThat(Metrics.of(List.of("{\"b\": 1}", "{\"a\": 1}", "[1]", "text")))
                .extracting(Metric::name)
                .containsExactly(
                        "exact_match",
                        "token_f1",
                        "rouge_l",
                        "valid_json",
                        "field_accuracy",
                        "field_accuracy.b",
                        "field_accuracy.a");
        List<String> keyedByName = IntStream.range(0, 40)
                .mapToObj(i -> "{\"kind\": 1, \"name " + i + "\": 2}")
                .toList();
        assertThat(Metrics.of(keyedByName)).extracting(Metric::name).endsWith("field_accuracy", "field_accuracy.kind");
    }

    @Test
    void differencesArePairedRowByRow() {
        List<String> expected = IntStream.range(0, 40).mapToObj(i -> "row " + i).toList();
        List<String> base = IntStream.range(0, 40)
                .mapToObj(i -> i % 2 == 0 ? "row " + i : "no")
                .toList();
        Scoring scoring = new Scoring(expected, List.of(new ExactMatch()), new Bootstrap(500, 3));
        MetricScore same = scoring.scores(base, Optional.of(base)).getFirst();
        assertThat(same.overBase()).contains(new Estimate(0, 0, 0));
        assertThat(same.value().mean()).isEqualTo(0.5);
        assertThat(same.value().low()).isBetween(0.3, 0.45);
        MetricScore better = scoring.scores(expected, Optional.of(base)).getFirst();
        assertThat(better.value()).isEqualTo(new Estimate(1, 1, 1));
        assertThat(better.overBase().orElseThrow().mean()).isEqualTo(0.5);
        assertThat(better.overBase().orElseThrow().low())
                .isEqualTo(1 - same.value().high(), within(1e-12));
        assertThat(scoring.scores(base, Optional.empty()).getFirst().overBase()).isEmpty();
    }

    private static double fields(String expected, String answer) {
        return new FieldAccuracy().score(expected, answer).getAsDouble();
    }

    private static JsonNode golden() throws IOException {
        try (InputStream in = MetricsTest.class.getResourceAsStream("/evaluate/metrics.json")) {
            return new JsonMapper().readTree(in);
        }
    }
}
