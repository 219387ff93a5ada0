package org.mlxspring.engine.evaluate;

import java.util.OptionalDouble;

/** Whether the answer is the expected one, character by character. */
record ExactMatch() implements Metric {

    @Override
    public String name() {
        return "exact_match";
    }

    @Override
    public OptionalDouble score(String expected, String answer) {
        return Metric.of(answer.equals(expected));
    }
}
