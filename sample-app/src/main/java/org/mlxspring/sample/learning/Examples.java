package org.mlxspring.sample.learning;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mlxspring.autoconfigure.dataset.Datasets;
import org.mlxspring.autoconfigure.pipeline.RunFolders;
import org.mlxspring.autoconfigure.run.RunView;
import org.mlxspring.engine.data.Split;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The answers that the evaluation of a run wrote down, one JSON line for each held-out ticket. */
@Component
class Examples {

    private final Path home;
    private final Datasets datasets;
    private final JsonMapper json;

    Examples(RunFolders folders, Datasets datasets, JsonMapper json) {
        home = folders.home();
        this.datasets = datasets;
        this.json = json;
    }

    private record Line(int row, String expected, Map<String, String> answers) {

        boolean learnt() {
            return expected.equals(answers.get("candidate")) && !expected.equals(answers.get("base"));
        }
    }

    /** A ticket that is answered rightly only now; if there is none, the first one. */
    Optional<Example> of(RunView run) {
        Path file = home.resolve("runs").resolve(run.id()).resolve("evaluation").resolve("predictions.jsonl");
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            List<Line> lines = Files.readAllLines(file).stream()
                    .map(line -> json.readValue(line, Line.class))
                    .toList();
            return lines.stream()
                    .filter(Line::learnt)
                    .findFirst()
                    .or(() -> lines.stream().findFirst())
                    .map(line -> new Example(ticket(run, line.row()), line.expected(), line.answers()));
        } catch (IOException e) {
            throw new UncheckedIOException("The answers of run " + run.id() + " could not be read.", e);
        }
    }

    private String ticket(RunView run, int line) {
        long version = datasets.resolve(run.dataset(), Optional.of(run.datasetVersion()))
                .id();
        List<String> rows = new ArrayList<>();
        datasets.read(version, Split.TEST, rows::add);
        return json.readTree(rows.get(line - 1)).path("prompt").asString();
    }
}
