package org.mlxspring.engine.generate;

/**
 * What was generated.
 *
 * @param tokens the new tokens, without the one that ended the text
 * @param ended whether the model ended the text itself, rather than the limit
 * @param promptTokens tokens of the prompt
 * @param promptSeconds time until the first token
 * @param seconds time from the first token to the last
 */
public record Generation(int[] tokens, boolean ended, int promptTokens, double promptSeconds, double seconds) {}
