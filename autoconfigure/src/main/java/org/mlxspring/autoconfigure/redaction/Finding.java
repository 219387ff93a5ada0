package org.mlxspring.autoconfigure.redaction;

/**
 * A place in a text.
 *
 * @param type what stands there, such as {@code EMAIL}
 * @param start index of its first character
 * @param end index after its last character
 */
public record Finding(String type, int start, int end) {}
