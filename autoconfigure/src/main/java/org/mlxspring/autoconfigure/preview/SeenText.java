package org.mlxspring.autoconfigure.preview;

import java.util.List;

/**
 * What a model reads of a row, or of one of the two answers of a preference.
 *
 * @param answer {@code chosen} or {@code rejected} of a preference; empty for a row with one answer
 * @param text the text, with the tokens that the chat template adds
 * @param trained the parts of the text that are learned, in their order
 * @param tokens number of its tokens
 * @param trainedTokens how many of them are learned
 * @param cut whether it is longer than {@code max_seq_length}, so that its end is left out
 * @param answerLost whether what is left of it has nothing to be learned
 */
public record SeenText(
        String answer,
        String text,
        List<Part> trained,
        int tokens,
        int trainedTokens,
        boolean cut,
        boolean answerLost) {

    /**
     * @param start index of its first character in the text, in UTF-16 units
     * @param end index after its last character
     */
    public record Part(int start, int end) {}
}
