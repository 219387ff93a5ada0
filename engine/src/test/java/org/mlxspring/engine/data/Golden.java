package org.mlxspring.engine.data;

import java.io.InputStream;
import java.nio.file.Path;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads the expectations that the Python scripts beside them make. */
final class Golden {

    static final JsonMapper JSON = JsonMapper.builder().build();

    private Golden() {}

    static <T> T read(String name, TypeReference<T> type) throws Exception {
        try (InputStream in = Golden.class.getResourceAsStream("/text/" + name)) {
            return JSON.readValue(in, type);
        }
    }

    static Path tokenizer(String name) throws Exception {
        return Path.of(Golden.class.getResource("/text/tokenizers/" + name).toURI());
    }
}
