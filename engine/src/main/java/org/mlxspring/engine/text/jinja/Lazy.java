package org.mlxspring.engine.text.jinja;

import java.util.Iterator;

/**
 * A Python iterator or generator: can be read once, has no length, and is always true.
 *
 * @param items what is left to read
 */
record Lazy(Iterator<Object> items) {}
