package org.mlxspring.engine.evaluate;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mlxspring.engine.data.RowFile;
import org.mlxspring.engine.files.DurableFile;
import tools.jackson.databind.json.JsonMapper;

/** The file of answers: one JSON line per row that was answered. */
record Predictions(List<Question> questions, List<Metric> metrics) {

    private static final JsonMapper JSON = new JsonMapper();

    /**
     * Writes the file beside its place and moves it there.
     *
     * @param answers by contender, one per question
     */
    void write(RowFile to, Map<String, List<String>> answers) {
        try {
            DurableFile.write(to.path(), beside -> {
                try (BufferedWriter out = to.writer(beside)) {
                    for (int i = 0; i < questions.size(); i++) {
                        out.write(JSON.writeValueAsString(line(i, answers)));
                        out.write('\n');
                    }
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(to.path() + " could not be written", e);
        }
    }

    private Map<String, Object> line(int index, Map<String, List<String>> answers) {
        Question question = questions.get(index);
        Map<String, String> given = new LinkedHashMap<>();
        Map<String, Map<String, Double>> scores = new LinkedHashMap<>();
        answers.forEach((name, texts) -> {
            given.put(name, texts.get(index));
            Map<String, Double> theirs = new LinkedHashMap<>();
            Metrics.scores(metrics, question.expected(), texts.get(index))
                    .forEach(score -> theirs.put(score.name(), score.score()));
            scores.put(name, theirs);
        });
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("row", question.row());
        line.put("expected", question.expected());
        line.put("answers", given);
        line.put("scores", scores);
        return line;
    }
}
