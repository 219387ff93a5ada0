package org.mlxspring.engine.text.jinja;

/** Something a template can call: a function, a method of a value, or a macro. */
@FunctionalInterface
interface Callable {

    Object call(Arguments arguments);
}
