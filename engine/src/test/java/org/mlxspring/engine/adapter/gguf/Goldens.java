package org.mlxspring.engine.adapter.gguf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the gguf package computed, see {@code make_gguf.py}. */
final class Goldens {

    private Goldens() {}

    static JsonNode read() {
        try (InputStream in = Goldens.class.getResourceAsStream("/gguf/goldens.json")) {
            return new JsonMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
