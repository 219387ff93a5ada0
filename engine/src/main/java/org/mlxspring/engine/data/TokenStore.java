package org.mlxspring.engine.data;

import java.nio.file.Path;

/** Tokenized rows in a file, mapped into memory. Never changed once written. */
public final class TokenStore implements TokenizedRows {

    private TokenStore() {}

    /**
     * What a store was made from.
     *
     * @param tokenizer {@link org.mlxspring.engine.text.Tokenizer#fingerprint()}
     * @param template {@link org.mlxspring.engine.text.Tokenizer#templateHash()}
     * @param maskPrompt whether prompts are masked
     * @param keys names of the keys of the rows
     * @param source SHA-256, in hexadecimal, of the file with the rows
     */
    public record Origin(String tokenizer, String template, boolean maskPrompt, RowKeys keys, String source) {}

    /**
     * Opens a store and checks its checksum.
     *
     * @throws DataException when it is not a whole token store
     */
    public static TokenStore open(Path file) {
        throw new UnsupportedOperationException("not written yet");
    }

    /**
     * Opens a store that must have been made from {@code expected}.
     *
     * @throws DataException when it is not a whole token store, or made from something else; the message says what
     *     differs
     */
    public static TokenStore open(Path file, Origin expected) {
        throw new UnsupportedOperationException("not written yet");
    }

    /** What this store was made from. */
    public Origin origin() {
        throw new UnsupportedOperationException("not written yet");
    }

    /** Tokens of all rows. */
    public long tokens() {
        throw new UnsupportedOperationException("not written yet");
    }

    @Override
    public int size() {
        throw new UnsupportedOperationException("not written yet");
    }

    @Override
    public TokenizedRow get(int index) {
        throw new UnsupportedOperationException("not written yet");
    }

    /** Writes a store beside its place; it appears there, whole, with {@link #finish()}. For one thread. */
    public static final class Writer implements RowSink, AutoCloseable {

        public Writer(Path file, Origin origin) {
            throw new UnsupportedOperationException("not written yet");
        }

        @Override
        public void add(TokenizedRow row, int keyCount) {
            throw new UnsupportedOperationException("not written yet");
        }

        /** Ends the file, flushes it to the disk and moves it to its place. */
        public TokenStore finish() {
            throw new UnsupportedOperationException("not written yet");
        }

        /** Removes what was written, unless it was finished. */
        @Override
        public void close() {
            throw new UnsupportedOperationException("not written yet");
        }
    }
}
