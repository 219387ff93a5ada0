package org.mlxspring.engine.nn;

import java.util.LinkedHashMap;
import java.util.Map;

/** A part of a model that has parameters, itself or in the parts it is made of. */
public interface Module {

    /**
     * Shows every part and parameter to a visitor, each before what is inside it, in the order in which mlx-lm's class
     * of the same name declares them: the order decides which random numbers initialise which adapter.
     *
     * @param path this module's own name in the model, such as {@code model.layers.0.self_attn}
     */
    void visit(String path, Visitor visitor);

    /** The parameters by their names in weight files, those of this module's parts included. */
    default Map<String, Parameter> parameters(String path) {
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        visit(path, new Visitor() {
            @Override
            public void parameter(String name, Parameter parameter) {
                parameters.put(name, parameter);
            }
        });
        return parameters;
    }

    /** Receives what {@link Module#visit} shows. */
    interface Visitor {

        default void layer(String path, MatrixLayer layer) {}

        default void parameter(String path, Parameter parameter) {}
    }
}
