package org.mlxspring.engine.parity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mlxspring.engine.adapter.AdapterException;
import org.mlxspring.engine.model.Fixture;
import org.mlxspring.engine.model.ModelException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Computes the engine's figures for the cases that {@code src/test/parity/run} made, and appends each to a file from
 * which it makes its table. Not a test by itself, and so not named as one.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ParityRun {

    private static final JsonMapper JSON = new JsonMapper();

    private static final Path FOLDER = Path.of(System.getProperty("parity.folder", ""));
    private static final Path FIGURES = FOLDER.resolve("figures.jsonl");

    /** The folders named by the property {@code parity.cases} that have no line of figures yet. */
    static Stream<Fixture> cases() throws IOException {
        List<String> done = new ArrayList<>();
        if (Files.exists(FIGURES)) {
            for (String line : Files.readAllLines(FIGURES)) {
                done.add(JSON.readTree(line).path("case").asString());
            }
        }
        return Stream.of(System.getProperty("parity.cases", "").split(","))
                .filter(name -> !done.contains(name))
                .map(name -> new Fixture(name, FOLDER.resolve(name)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void compare(Fixture fixture) throws IOException {
        // A crash of the process leaves this line alone, and the next start goes on after it.
        append(Map.of("case", fixture.name(), "started", true));
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("case", fixture.name());
        List<Figure> figures = new ArrayList<>();
        try {
            figures.addAll(ForwardParity.logits(fixture));
            figures.add(ForwardParity.greedy(fixture));
            figures.add(ForwardParity.cached(fixture));
            if (fixture.expected().has("training")) {
                figures.addAll(TrainingParity.of(fixture, fixture.path().resolve("adapter-ours"), false));
            }
        } catch (ModelException | AdapterException | IllegalArgumentException e) {
            line.put("unsupported", String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            line.put("failed", e.toString());
        }
        line.put("figures", figures);
        append(line);
    }

    private static void append(Map<String, Object> line) throws IOException {
        Files.writeString(
                FIGURES, JSON.writeValueAsString(line) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
