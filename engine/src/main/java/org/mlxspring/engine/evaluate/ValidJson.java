package org.mlxspring.engine.evaluate;

import java.util.OptionalDouble;

/**
 * Whether the answer is a JSON object or list, where the expected one is. The whole answer counts: JSON with words around
 * it is none.
 */
record ValidJson() implements Metric {

    @Override
    public String name() {
        return "valid_json";
    }

    @Override
    public OptionalDouble score(String expected, String answer) {
        return JsonText.container(expected).isEmpty()
                ? OptionalDouble.empty()
                : Metric.of(JsonText.container(answer).isPresent());
    }
}
