package org.mlxspring.engine.data;

/** Where tokenized rows go, in the order of their file. */
public interface RowSink {

    /**
     * Takes the next row.
     *
     * @param row its token ids
     * @param keyCount number of keys of the JSON object it came from
     */
    void add(TokenizedRow row, int keyCount);
}
