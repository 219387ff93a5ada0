package org.mlxspring.engine.data;

import java.util.List;

/**
 * Tokenized rows in the order of their file; safe to read from several threads. Rows that are learned together, as the
 * two answers of a preference, stand one after the other and make one example.
 */
public interface TokenizedRows {

    /** Number of rows. */
    int size();

    /** How many rows make an example: 1, or 2 for preferences. */
    default int rowsPerExample() {
        return 1;
    }

    /** Number of examples, that is, of lines of the file. */
    default int examples() {
        return size() / rowsPerExample();
    }

    /** The row at {@code index}, from 0 to {@code size() - 1}. */
    TokenizedRow get(int index);

    /** Number of tokens of a row, without reading them where that is cheaper. */
    default int length(int index) {
        return get(index).tokens().length;
    }

    /** Targets of a row, without reading its tokens where that is cheaper. */
    default int[] targets(int index) {
        return get(index).targets();
    }

    /** Number that a row came with: its line, or its id in a database; without one, its index from 1. */
    default long id(int index) {
        return index + 1L;
    }

    /** Number of keys of the JSON object a row came from, by which mlx-lm orders rows. */
    default int keyCount(int index) {
        return 1;
    }

    /** Rows held in memory, all of the same format. */
    static TokenizedRows of(List<TokenizedRow> rows) {
        var copy = new MemoryRows();
        rows.forEach(row -> copy.add(copy.size() + 1L, row, 1));
        return copy;
    }
}
