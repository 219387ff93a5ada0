package org.mlxspring.engine.evaluate;

import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;

/**
 * Share of the fields of the expected JSON object that the answer has with the same value; fields that the answer has
 * beside them do not count. An answer that is no JSON object has none right.
 */
record FieldAccuracy() implements Metric {

    @Override
    public String name() {
        return "field_accuracy";
    }

    @Override
    public OptionalDouble score(String expected, String answer) {
        Optional<JsonNode> wanted = JsonText.object(expected).filter(object -> !object.isEmpty());
        if (wanted.isEmpty()) {
            return OptionalDouble.empty();
        }
        Optional<JsonNode> given = JsonText.object(answer);
        long right = wanted.get()
                .propertyStream()
                .filter(field -> FieldMatch.has(given, field.getKey(), field.getValue()))
                .count();
        return OptionalDouble.of((double) right / wanted.get().size());
    }
}
