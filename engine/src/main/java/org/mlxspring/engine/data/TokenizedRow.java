package org.mlxspring.engine.data;

/**
 * A row as token ids.
 *
 * @param tokens all ids of the row
 * @param promptTokens how many of them are prompt and not to be learned; 0 when prompts are not masked
 */
public record TokenizedRow(int[] tokens, int promptTokens) {}
