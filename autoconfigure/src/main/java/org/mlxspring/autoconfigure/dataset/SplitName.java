package org.mlxspring.autoconfigure.dataset;

import java.util.Locale;
import org.mlxspring.engine.data.Split;

/** Splits as they stand in tables and requests: {@code train}, {@code valid}, {@code test}. */
public final class SplitName {

    private SplitName() {}

    public static String of(Split split) {
        return split.label();
    }

    /** @throws IllegalArgumentException if there is no such split */
    public static Split split(String name) {
        return Split.valueOf(name.toUpperCase(Locale.ROOT));
    }
}
