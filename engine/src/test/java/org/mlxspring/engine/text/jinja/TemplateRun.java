package org.mlxspring.engine.text.jinja;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Renders the cases of parity/templates/compare.py; not part of the build's own tests. */
class TemplateRun {

    private static final Clock CLOCK =
            Clock.fixed(LocalDateTime.of(2026, 3, 7, 9, 5, 2).toInstant(ZoneOffset.UTC), ZoneOffset.UTC);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * A line.
     *
     * @param source the template, or null for that of the line before
     */
    private record Case(@Nullable String source, Map<String, Object> variables) {}

    /** One line of JSON for each case: its text, or null where the template refuses it. */
    @Test
    void rendersTheCases() throws IOException {
        Path cases = Path.of(System.getProperty("templates.cases"));
        Path texts = Path.of(System.getProperty("templates.texts"));
        String source = "";
        try (BufferedReader in = Files.newBufferedReader(cases);
                BufferedWriter out = Files.newBufferedWriter(texts)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                Case given = JSON.readValue(line, Case.class);
                source = given.source() == null ? source : given.source();
                out.write(rendered(source, given.variables()));
                out.newLine();
            }
        }
    }

    private static String rendered(String source, Map<String, Object> variables) {
        try {
            return JSON.writeValueAsString(Template.parse(source).render(variables, CLOCK));
        } catch (TemplateException e) {
            return "null";
        }
    }
}
