package org.mlxspring.autoconfigure.redaction;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/**
 * Labelled texts among the tests' resources, one JSON object a line: {@code text}, and {@code findings} with {@code type},
 * {@code start} and {@code end} in UTF-16 units. All made up; keys of services have one letter written as an escape, so
 * that scanners of source code take them for no leak.
 */
final class Corpus {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    record Case(String text, List<Finding> findings) {}

    private Corpus() {}

    static List<Case> read(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(Corpus.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> JSON.readValue(line, Case.class))
                    .toList();
        }
    }
}
