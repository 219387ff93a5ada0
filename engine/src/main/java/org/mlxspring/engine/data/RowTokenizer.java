package org.mlxspring.engine.data;

import java.nio.file.Path;
import org.mlxspring.engine.text.Tokenizer;

/** Rows to token ids, as mlx-lm does it. Safe for several threads. */
public final class RowTokenizer {

    /**
     * @param tokenizer the base model's
     * @param maskPrompt whether only the last message or the completion is learned
     */
    public RowTokenizer(Tokenizer tokenizer, boolean maskPrompt) {
        throw new UnsupportedOperationException("not written yet");
    }

    /**
     * Tokenizes one row.
     *
     * @throws RowException when the row does not suit the tokenizer or the chat template refuses it
     */
    public TokenizedRow tokenize(NumberedRow row) {
        throw new UnsupportedOperationException("not written yet");
    }

    /** Tokenizes a whole file on all cores and hands the rows over in the order of the file. */
    public void tokenize(Path file, RowKeys keys, RowSink sink) {
        throw new UnsupportedOperationException("not written yet");
    }

    /** Tokenizes a whole file into memory. */
    public TokenizedRows inMemory(Path file, RowKeys keys) {
        var rows = new MemoryRows();
        tokenize(file, keys, rows);
        return rows;
    }

    /**
     * The token store of a file: the one at {@code store} when it was made from the same file, tokenizer, chat template
     * and settings, and a newly written one otherwise.
     */
    public TokenStore stored(Path file, RowKeys keys, Path store) {
        throw new UnsupportedOperationException("not written yet");
    }
}
