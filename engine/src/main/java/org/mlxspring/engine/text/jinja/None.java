package org.mlxspring.engine.text.jinja;

/** Python's {@code None}. */
enum None {
    NONE
}
