package org.mlxspring.engine.data;

/**
 * Plain text, learned from its first token to its last.
 *
 * @param text the text; the end-of-text token is added when it is not there
 */
public record TextRow(String text) implements Row {}
