package org.mlxspring.autoconfigure.page;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs of a service desk as the API would answer them, and the losses they would have had. */
final class MadeUpRuns {
    private MadeUpRuns() {}

    static List<Map<String, Object>> lastWeek() {
        Instant night = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(5, ChronoUnit.HOURS);
        List<Map<String, Object>> runs = new ArrayList<>();
        runs.add(run(6, "SUCCEEDED", night, 900, 600));
        runs.getLast().putAll(Map.of("schedule", "nightly", "decision", "PROMOTED", "fusedModel", "desk-6"));
        runs.getLast().put("decisionReason", "The candidate answers 94 of 100 rows exactly, the champion 88.");
        runs.getLast().put("scores", scores(0.12, 0.88, 0.94));
        runs.getLast().put("best", Map.of("iteration", 500, "loss", 0.214));
        runs.getLast()
                .put(
                        "checks",
                        List.of(Map.of(
                                "result",
                                "fused",
                                "rows",
                                32,
                                "tokens",
                                1899,
                                "meanKl",
                                1.274e-5,
                                "equalArgmax",
                                0.987,
                                "maxKl",
                                0.01)));
        runs.add(run(5, "FAILED", night.minus(1, ChronoUnit.DAYS), 300, 350));
        runs.getLast()
                .put(
                        "reason",
                        "The engine's process was killed (signal 9) at iteration 350.\nA restart goes on from the"
                                + " checkpoint of iteration 300.");
        runs.add(run(4, "SUCCEEDED", night.minus(2, ChronoUnit.DAYS), 870, 600));
        runs.getLast().putAll(Map.of("schedule", "nightly", "decision", "KEPT"));
        runs.getLast().put("decisionReason", "The candidate answers 85 of 100 rows exactly, the champion 88.");
        runs.getLast().put("scores", scores(0.12, 0.88, 0.85));
        runs.add(run(3, "STOPPED", night.minus(3, ChronoUnit.DAYS), 120, 80));
        runs.getLast().put("reason", "Stopped by tina.");
        runs.add(run(2, "SUCCEEDED", night.minus(4, ChronoUnit.DAYS), 910, 600));
        runs.getLast().put("decision", "PROMOTED");
        runs.getLast().put("scores", scores(0.12, 0, 0.88));
        return runs;
    }

    static Map<String, Object> run(int id, String state, Instant started, long seconds, int iteration) {
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("id", id);
        run.put("job", "pipeline");
        run.put("model", "desk-model");
        run.put("dataset", "tickets");
        run.put("datasetVersion", 3);
        run.put("state", state);
        run.put("reason", null);
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("fine_tune_type", "lora");
        settings.put("num_layers", 8);
        settings.put("batch_size", 4);
        settings.put("iters", 600);
        settings.put("learning_rate", 0.0002);
        settings.put("lora_parameters", Map.of("rank", 16, "scale", 20.0, "dropout", 0.0));
        run.put("settings", settings);
        run.put("iteration", iteration);
        run.put("iterations", 600);
        run.put("createdAt", started.minusSeconds(4).toString());
        run.put("startedAt", started.toString());
        run.put("endedAt", seconds > 0 ? started.plusSeconds(seconds).toString() : null);
        run.put("startedBy", "tina");
        run.put("schedule", null);
        run.put("decision", null);
        run.put("decisionReason", null);
        run.put("scores", List.of());
        run.put("fusedModel", null);
        run.put("reference", null);
        run.put("best", null);
        run.put("checks", List.of());
        return run;
    }

    static List<Map<String, Object>> scores(double base, double champion, double candidate) {
        List<Map<String, Object>> scores = new ArrayList<>();
        scores.add(score("base", 2.914, base));
        if (champion > 0) {
            scores.add(score("champion", 0.301, champion));
        }
        scores.add(score("candidate", 0.214, candidate));
        return scores;
    }

    private static Map<String, Object> score(String name, double loss, double exact) {
        return Map.of(
                "name",
                name,
                "rows",
                100,
                "loss",
                loss,
                "perplexity",
                Math.exp(loss),
                "answered",
                100,
                "exactMatch",
                exact,
                "metrics",
                List.of(
                        measure("exact_match", exact),
                        measure("token_f1", (exact + 1) / 2),
                        measure("rouge_l", (exact + 0.9) / 2),
                        measure("field_accuracy", (exact + 0.8) / 2)));
    }

    private static Map<String, Object> measure(String name, double mean) {
        Map<String, Object> value = Map.of("mean", mean, "low", mean - 0.06, "high", Math.min(1, mean + 0.05));
        return Map.of("name", name, "rows", 100, "value", value);
    }

    /** The metrics of a run up to {@code iteration}, in order: one of training each 10 iterations, of validation each 100. */
    static List<Map<String, Object>> metrics(int iteration) {
        List<Map<String, Object>> metrics = new ArrayList<>();
        for (int at = 0; at <= iteration; at += 10) {
            if (at % 100 == 0) {
                metrics.add(metric(metrics.size() + 1, at, "valid"));
            }
            if (at > 0) {
                metrics.add(metric(metrics.size() + 1, at, "train"));
            }
        }
        return metrics;
    }

    private static Map<String, Object> metric(int id, int at, String kind) {
        double loss = 0.2 + 2.8 * Math.exp(-at / 90.0) + ("train".equals(kind) ? 0.05 * Math.sin(at * 1.7) : 0.04);
        Map<String, Object> metric = new LinkedHashMap<>();
        metric.put("id", id);
        metric.put("iteration", at);
        metric.put("kind", kind);
        metric.put("loss", loss);
        boolean train = "train".equals(kind);
        metric.put("learningRate", train ? 0.0002 : null);
        metric.put("tokensPerSecond", train ? 1834.2 : null);
        metric.put("iterationsPerSecond", train ? 2.1 : null);
        metric.put("trainedTokens", train ? at * 870 : null);
        metric.put("peakMemory", train ? 1.42 : null);
        metric.put("gradNorm", train ? 0.8 : null);
        metric.put("measures", train ? Map.of("reward_accuracy", 0.92, "reward_margin", 1.2345) : Map.of());
        metric.put("best", false);
        metric.put("time", Instant.now().toString());
        return metric;
    }
}
