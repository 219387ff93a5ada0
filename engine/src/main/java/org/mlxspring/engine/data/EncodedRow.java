package org.mlxspring.engine.data;

import java.util.List;

/**
 * What a row of text became.
 *
 * @param id number that the row came with: its line, or its id in a database
 * @param rows its token ids; for a preference two rows, the better answer first
 * @param keyCount number of keys of its JSON object
 */
public record EncodedRow(long id, List<TokenizedRow> rows, int keyCount) {

    public EncodedRow {
        rows = List.copyOf(rows);
    }

    /** Hands the rows over. */
    public void to(RowSink sink) {
        rows.forEach(row -> sink.add(id, row, keyCount));
    }
}
