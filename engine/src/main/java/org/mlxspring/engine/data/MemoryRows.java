package org.mlxspring.engine.data;

import java.util.ArrayList;
import java.util.List;

/** Tokenized rows in memory. To be filled by one thread before it is read by others. */
public final class MemoryRows implements TokenizedRows, RowSink {

    private record Entry(long id, TokenizedRow row, int keyCount) {}

    private final List<Entry> entries = new ArrayList<>();
    private final int rowsPerExample;

    /** For rows each of which is an example of its own. */
    public MemoryRows() {
        this(1);
    }

    /**
     * @param rowsPerExample how many rows make an example: 1, or 2 for preferences
     */
    public MemoryRows(int rowsPerExample) {
        this.rowsPerExample = rowsPerExample;
    }

    @Override
    public void add(long id, TokenizedRow row, int keyCount) {
        entries.add(new Entry(id, row, keyCount));
    }

    @Override
    public int size() {
        return entries.size();
    }

    @Override
    public int rowsPerExample() {
        return rowsPerExample;
    }

    @Override
    public TokenizedRow get(int index) {
        return entries.get(index).row();
    }

    @Override
    public long id(int index) {
        return entries.get(index).id();
    }

    @Override
    public int keyCount(int index) {
        return entries.get(index).keyCount();
    }
}
