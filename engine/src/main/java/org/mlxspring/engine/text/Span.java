package org.mlxspring.engine.text;

/**
 * A part of a sequence.
 *
 * @param start its first place, counted from 0
 * @param end the place after its last
 */
public record Span(int start, int end) {}
