package org.mlxspring.engine.data;

/** Where tokenized rows go, in the order of their file. */
public interface RowSink {

    /**
     * Takes the next row.
     *
     * @param id number of the row: its line, or its id in a database; the same for all rows of an example
     * @param row its token ids
     * @param keyCount number of keys of the JSON object it came from
     */
    void add(long id, TokenizedRow row, int keyCount);
}
