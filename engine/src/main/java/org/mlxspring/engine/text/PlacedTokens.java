package org.mlxspring.engine.text;

/**
 * A text as token ids.
 *
 * @param ids of the whole text
 * @param starts for each id the first place of the text that it holds, in UTF-16 units
 * @param ends for each id the place after the last that it holds; tokens of the bytes of one character all hold that
 *     character, and a token that holds none ends where it starts
 */
public record PlacedTokens(int[] ids, int[] starts, int[] ends) {}
