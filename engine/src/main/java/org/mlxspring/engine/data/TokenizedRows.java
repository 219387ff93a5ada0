package org.mlxspring.engine.data;

import java.util.List;

/** Tokenized rows in the order of their file; safe to read from several threads. */
public interface TokenizedRows {

    /** Number of rows. */
    int size();

    /** The row at {@code index}, from 0 to {@code size() - 1}. */
    TokenizedRow get(int index);

    /** Number of tokens of a row, without reading them where that is cheaper. */
    default int length(int index) {
        return get(index).tokens().length;
    }

    /** Number of keys of the JSON object a row came from, by which mlx-lm orders rows. */
    default int keyCount(int index) {
        return 1;
    }

    /** Rows held in memory, all of the same format. */
    static TokenizedRows of(List<TokenizedRow> rows) {
        var copy = new MemoryRows();
        rows.forEach(row -> copy.add(row, 1));
        return copy;
    }
}
