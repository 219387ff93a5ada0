package org.mlxspring.engine.text.jinja;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Variables of a part of a template; what is not there is looked for outside, what is set stays inside. */
final class Scope {

    private final Optional<Scope> outer;
    private final Map<String, Object> variables;

    private Scope(Optional<Scope> outer, Map<String, Object> variables) {
        this.outer = outer;
        this.variables = variables;
    }

    static Scope outermost(Map<String, Object> variables) {
        return new Scope(Optional.empty(), new HashMap<>(variables));
    }

    Scope inner() {
        return new Scope(Optional.of(this), new HashMap<>());
    }

    Optional<Object> find(String name) {
        Object value = variables.get(name);
        return value != null ? Optional.of(value) : outer.flatMap(scope -> scope.find(name));
    }

    void set(String name, Object value) {
        variables.put(name, value);
    }
}
