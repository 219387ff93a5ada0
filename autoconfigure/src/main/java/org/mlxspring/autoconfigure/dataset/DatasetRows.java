package org.mlxspring.autoconfigure.dataset;

import java.util.List;
import java.util.Optional;
import org.mlxspring.engine.data.Split;

/** Reads rows, opened. Whoever shows their text to somebody writes the entry of the audit log. */
public class DatasetRows {

    DatasetRows() {}

    /**
     * Rows of a version in their order.
     *
     * @param afterId id of the last row before them; 0 for the first
     * @param limit how many at most
     */
    public List<StoredRow> page(long versionId, Split split, long afterId, int limit) {
        throw new UnsupportedOperationException();
    }

    /** A row of any version of a dataset. */
    public Optional<StoredRow> row(String dataset, long id) {
        throw new UnsupportedOperationException();
    }
}
