package org.mlxspring.engine.evaluate;

import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;

/**
 * Whether the answer has one field of the expected JSON object with the same value; rows without that field do not count.
 *
 * @param field its name
 */
record FieldMatch(String field) implements Metric {

    @Override
    public String name() {
        return "field_accuracy." + field;
    }

    @Override
    public OptionalDouble score(String expected, String answer) {
        Optional<JsonNode> wanted = JsonText.object(expected).filter(object -> object.has(field));
        return wanted.isEmpty()
                ? OptionalDouble.empty()
                : Metric.of(has(JsonText.object(answer), field, wanted.get().get(field)));
    }

    static boolean has(Optional<JsonNode> given, String field, JsonNode value) {
        return given.map(object -> object.get(field))
                .map(found -> JsonText.same(found, value))
                .orElse(false);
    }
}
