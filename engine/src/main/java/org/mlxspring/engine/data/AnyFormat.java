package org.mlxspring.engine.data;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows of every format, as long as a file does not mix preferences with others. */
final class AnyFormat implements RowFormat {

    private final SupervisedFormat supervised;
    private final PreferenceFormat preference;
    private Optional<Boolean> preferences = Optional.empty();

    AnyFormat(RowKeys keys, LossMask mask) {
        supervised = new SupervisedFormat(keys, mask);
        preference = new PreferenceFormat(keys);
    }

    @Override
    public Row row(Map<String, @Nullable Object> object) throws RowRefusal {
        boolean isPreference = PreferenceFormat.isPreference(object);
        if (isPreference && supervised.recognizes(object)) {
            throw new RowRefusal("has the keys of a preference and those of a row with one answer; keep those of one");
        }
        if (preferences.isPresent() && preferences.get() != isPreference) {
            throw new RowRefusal(
                    isPreference
                            ? "is a preference, and rows before it are none; keep preferences in a dataset of their own"
                            : "is no preference, and rows before it are; keep preferences in a dataset of their own");
        }
        Row row = isPreference ? preference.row(object) : supervised.row(object);
        preferences = Optional.of(isPreference);
        return row;
    }
}
