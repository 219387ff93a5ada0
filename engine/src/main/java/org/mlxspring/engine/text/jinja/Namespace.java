package org.mlxspring.engine.text.jinja;

import java.util.LinkedHashMap;
import java.util.Map;

/** What {@code namespace()} gives: fields that may be set from within inner scopes. */
final class Namespace {

    private final Map<String, Object> fields = new LinkedHashMap<>();

    void set(String name, Object value) {
        if (name.startsWith("_")) {
            throw new EvaluationException("a field of a namespace must not start with '_', but one is '" + name + "'");
        }
        fields.put(name, value);
    }

    Map<String, Object> fields() {
        return fields;
    }

    Object get(String name) {
        Object value = fields.get(name);
        return value == null ? Undefined.attribute(this, name) : value;
    }
}
