package org.mlxspring.engine.text;

/**
 * Turns token ids into text one at a time; no piece ever ends in the middle of a character. The pieces put together
 * are what mlx-lm's streaming detokenizer gives for the same ids. Belongs to one request and one thread.
 */
public sealed interface StreamingDetokenizer
        permits ByteLevelDetokenizer, SentencePieceDetokenizer, DecodingDetokenizer {

    /** Takes one id and returns the text that became complete with it, often empty. */
    String add(int id);

    /** Returns what was held back, and forgets it. */
    String finish();

    /** Everything returned so far since the start or the last {@link #reset()}. */
    String text();

    /** Starts again from nothing. */
    void reset();
}
