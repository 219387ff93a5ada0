package org.mlxspring.engine.data;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The rows of several stores, one store after the other. */
final class SegmentedRows implements TokenizedRows {

    private final List<TokenStore> stores;
    /** Index of the first row of each store, and after the last one the number of all rows. */
    private final int[] starts;

    SegmentedRows(List<TokenStore> stores) {
        this.stores = stores;
        starts = new int[stores.size() + 1];
        for (int i = 0; i < stores.size(); i++) {
            starts[i + 1] = Math.addExact(starts[i], stores.get(i).size());
        }
    }

    private record Place(TokenStore store, int row) {}

    private Place place(int index) {
        Objects.checkIndex(index, size());
        int found = Arrays.binarySearch(starts, index);
        int number = found < 0 ? -found - 2 : found;
        // Where stores are empty, several start at the same row; the last of them has it.
        while (starts[number + 1] == index) {
            number++;
        }
        return new Place(stores.get(number), index - starts[number]);
    }

    @Override
    public int size() {
        return starts[stores.size()];
    }

    @Override
    public int rowsPerExample() {
        return stores.isEmpty() ? 1 : stores.getFirst().rowsPerExample();
    }

    @Override
    public TokenizedRow get(int index) {
        Place place = place(index);
        return place.store().get(place.row());
    }

    @Override
    public int length(int index) {
        Place place = place(index);
        return place.store().length(place.row());
    }

    @Override
    public int[] targets(int index) {
        Place place = place(index);
        return place.store().targets(place.row());
    }

    @Override
    public int keyCount(int index) {
        Place place = place(index);
        return place.store().keyCount(place.row());
    }

    @Override
    public long id(int index) {
        Place place = place(index);
        return place.store().id(place.row());
    }
}
