package org.mlxspring.engine.text.jinja;

/**
 * What a template gets for a name that has no value: prints as nothing, is false and empty, and refuses everything
 * else.
 *
 * @param reason what a refusal says
 */
record Undefined(String reason) {

    static Undefined name(String name) {
        return new Undefined("'" + name + "' is undefined");
    }

    static Undefined attribute(Object object, String name) {
        return new Undefined("'" + Types.name(object) + " object' has no attribute '" + name + "'");
    }

    EvaluationException refusal() {
        return new EvaluationException(reason);
    }
}
