package org.mlxspring.engine.evaluate;

import java.util.OptionalDouble;

/** A measure of one answer against the row's own; a mean over rows of it is a metric of a model. */
interface Metric {

    /** Its name in results, such as {@code exact_match}. */
    String name();

    /**
     * How good an answer is.
     *
     * @param expected the row's own answer, without white space around it
     * @param answer the model's, likewise
     * @return 0 to 1; empty where the metric says nothing about such a row
     */
    OptionalDouble score(String expected, String answer);

    /** 1 for true, 0 for false. */
    static OptionalDouble of(boolean right) {
        return OptionalDouble.of(right ? 1 : 0);
    }
}
