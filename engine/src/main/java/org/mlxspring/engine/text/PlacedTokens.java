package org.mlxspring.engine.text;

/**
 * A text as token ids.
 *
 * @param ids of the whole text
 * @param places for each id the part of the text that it holds, in UTF-16 units; tokens of the bytes of one character
 *     all hold that character, and the span of a token that holds none is empty
 */
public record PlacedTokens(int[] ids, Span[] places) {}
