package org.mlxspring.engine.text.bpe;

/** Takes the tokens of a text, word by word in its order. */
interface WordSink {

    /**
     * @param ids of the word's tokens, not to be changed
     * @param start where the word begins in the text; for a word with a mark put before the text, one before it
     * @param end the place after its last character
     */
    void word(int[] ids, int start, int end);

    /** A token that was found in the text as a whole. */
    void added(int id, int start, int end);
}
