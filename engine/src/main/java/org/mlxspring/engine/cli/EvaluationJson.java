package org.mlxspring.engine.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.mlxspring.engine.evaluate.Estimate;
import org.mlxspring.engine.evaluate.EvaluateSpec;
import org.mlxspring.engine.evaluate.Evaluation;
import org.mlxspring.engine.evaluate.MetricScore;
import org.mlxspring.engine.files.DurableFile;
import tools.jackson.databind.json.JsonMapper;

/** The file of {@code --json}. */
final class EvaluationJson {

    private EvaluationJson() {}

    static void write(Path file, EvaluateSpec spec, Evaluation evaluation) {
        Map<String, Object> contenders = new LinkedHashMap<>();
        evaluation.scores().forEach(score -> contenders.put(score.name(), contender(score)));
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("model", spec.model().toString());
        all.put("data", spec.rows().path().toString());
        all.put("loss_mask", spec.lossMask().settingName());
        all.put("bootstrap_samples", spec.answering().resamples());
        all.put("seed", spec.answering().seed());
        all.put("contenders", contenders);
        try {
            DurableFile.write(
                    file, JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(file + " could not be written", e);
        }
    }

    private static Map<String, Object> contender(Evaluation.Score score) {
        Map<String, Object> metrics = new LinkedHashMap<>();
        score.metrics().forEach(metric -> metrics.put(metric.metric(), metric(metric)));
        Map<String, Object> contender = new LinkedHashMap<>();
        contender.put("rows", score.rows());
        contender.put("loss", score.loss());
        contender.put("perplexity", score.perplexity());
        contender.put("answered", score.answered());
        contender.put("metrics", metrics);
        return contender;
    }

    private static Map<String, Object> metric(MetricScore score) {
        Map<String, Object> metric = estimate(score.value());
        metric.put("rows", score.rows());
        score.overBase().ifPresent(over -> metric.put("over_base", estimate(over)));
        return metric;
    }

    private static Map<String, Object> estimate(Estimate estimate) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("value", estimate.mean());
        values.put("low", estimate.low());
        values.put("high", estimate.high());
        return values;
    }
}
