package org.mlxspring.engine.data;

import java.util.ArrayList;
import java.util.List;

/** Tokenized rows in memory. To be filled by one thread before it is read by others. */
public final class MemoryRows implements TokenizedRows, RowSink {

    private record Entry(TokenizedRow row, int keyCount) {}

    private final List<Entry> entries = new ArrayList<>();

    @Override
    public void add(TokenizedRow row, int keyCount) {
        entries.add(new Entry(row, keyCount));
    }

    @Override
    public int size() {
        return entries.size();
    }

    @Override
    public TokenizedRow get(int index) {
        return entries.get(index).row();
    }

    @Override
    public int keyCount(int index) {
        return entries.get(index).keyCount();
    }
}
