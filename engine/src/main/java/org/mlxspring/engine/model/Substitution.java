package org.mlxspring.engine.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.nn.Parameter;

/** Puts traced arrays in the places of parameters while a function runs, so that gradients reach them. */
public final class Substitution {

    private Substitution() {}

    /** Runs a function with {@code values} as the values of {@code parameters}; afterwards they are as before. */
    public static <T> T with(List<Parameter> parameters, List<Array> values, Supplier<T> function) {
        List<Array> before = new ArrayList<>(parameters.size());
        for (int i = 0; i < parameters.size(); i++) {
            before.add(parameters.get(i).value());
            parameters.get(i).set(values.get(i));
        }
        try {
            return function.get();
        } finally {
            for (int i = 0; i < parameters.size(); i++) {
                parameters.get(i).set(before.get(i));
            }
        }
    }
}
