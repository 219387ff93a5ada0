package org.mlxspring.engine.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.mlxspring.engine.evaluate.Estimate;
import org.mlxspring.engine.evaluate.Evaluation;
import org.mlxspring.engine.evaluate.Evaluation.Score;
import org.mlxspring.engine.evaluate.MetricScore;

/** The figures of an evaluation, a contender a column, and a column for each lead over the base model. */
final class EvaluationTable {

    private EvaluationTable() {}

    static void print(PrintWriter out, Evaluation evaluation) {
        List<Score> scores = evaluation.scores();
        List<List<String>> lines = new ArrayList<>();
        lines.add(line(
                "", scores, Score::name, score -> "over " + scores.getFirst().name()));
        lines.add(line("loss", scores, score -> number("%.4f", score.loss()), score -> difference(scores, score)));
        lines.add(line("perplexity", scores, score -> number("%.3f", score.perplexity()), score -> ""));
        List<MetricScore> metrics = scores.getFirst().metrics();
        for (int i = 0; i < metrics.size(); i++) {
            int metric = i;
            lines.add(line(
                    label(metrics.get(i).metric()),
                    scores,
                    score -> text("%.3f", score.metrics().get(metric).value()),
                    score -> score.metrics()
                            .get(metric)
                            .overBase()
                            .map(estimate -> text("%+.3f", estimate))
                            .orElse("")));
        }
        print(out, lines);
        out.println();
        out.println("Rows: " + scores.getFirst().rows() + " for the loss, "
                + scores.getFirst().answered() + " answered.");
        metrics.stream()
                .filter(metric -> metric.rows() < scores.getFirst().answered())
                .forEach(metric -> out.println(label(metric.metric()) + ": " + metric.rows() + " rows."));
    }

    private static List<String> line(
            String label, List<Score> scores, Function<Score, String> value, Function<Score, String> over) {
        List<String> cells = new ArrayList<>();
        cells.add(label);
        for (int i = 0; i < scores.size(); i++) {
            cells.add(value.apply(scores.get(i)));
            if (i > 0) {
                cells.add(over.apply(scores.get(i)));
            }
        }
        return cells;
    }

    private static String difference(List<Score> scores, Score score) {
        return number("%+.4f", score.loss() - scores.getFirst().loss());
    }

    private static String text(String format, Estimate estimate) {
        return number(format, estimate.mean()) + " [" + number(format, estimate.low()) + ", "
                + number(format, estimate.high()) + "]";
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    /** {@code field_accuracy.city} as {@code field accuracy: city}. */
    private static String label(String metric) {
        int dot = metric.indexOf('.');
        return dot < 0
                ? metric.replace('_', ' ')
                : metric.substring(0, dot).replace('_', ' ') + ": " + metric.substring(dot + 1);
    }

    private static void print(PrintWriter out, List<List<String>> lines) {
        int columns = lines.getFirst().size();
        int[] widths = new int[columns];
        lines.forEach(cells -> {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], cells.get(i).length());
            }
        });
        for (List<String> cells : lines) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                line.append(cells.get(i))
                        .append(" ".repeat(widths[i] - cells.get(i).length() + 2));
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
