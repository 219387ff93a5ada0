package org.mlxspring.engine.evaluate;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A text that is meant to be JSON. */
final class JsonText {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private JsonText() {}

    /** The object or list that the whole text is, by RFC 8259; empty for anything else. */
    static Optional<JsonNode> container(String text) {
        if (!text.startsWith("{") && !text.startsWith("[")) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readTree(text));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** The object that the whole text is; empty for anything else. */
    static Optional<JsonNode> object(String text) {
        return container(text).filter(JsonNode::isObject);
    }

    /** Whether two values are the same: numbers by their value, the keys of objects in any order. */
    static boolean same(JsonNode a, JsonNode b) {
        return a.equals((left, right) -> compare(left, right), b);
    }

    private static int compare(JsonNode a, JsonNode b) {
        if (a.isNumber() && b.isNumber()) {
            return a.decimalValue().compareTo(b.decimalValue());
        }
        return a.equals(b) ? 0 : 1;
    }
}
