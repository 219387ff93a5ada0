package org.mlxspring.engine.text;

/**
 * A text as token ids.
 *
 * @param ids of the whole text
 * @param beginning how many tokens a text that this one should begin with has when it stands alone
 */
public record BegunTokens(int[] ids, int beginning) {}
