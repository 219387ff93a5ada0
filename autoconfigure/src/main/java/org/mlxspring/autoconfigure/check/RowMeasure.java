package org.mlxspring.autoconfigure.check;

import java.util.OptionalInt;
import java.util.function.Consumer;

/** Tells how long rows are. Safe for several threads. */
interface RowMeasure {

    /** What is counted. */
    LengthUnit unit();

    /** The length of a row, and what is wrong with it; empty where it cannot be told. */
    OptionalInt length(CheckedRow row, Consumer<CheckFinding> found);

    /** Characters of all turns, where no model is known; nothing is wrong with any length. */
    static RowMeasure inCharacters() {
        return new RowMeasure() {
            @Override
            public LengthUnit unit() {
                return LengthUnit.CHARACTERS;
            }

            @Override
            public OptionalInt length(CheckedRow row, Consumer<CheckFinding> found) {
                return OptionalInt.of(row.text().length());
            }
        };
    }
}
