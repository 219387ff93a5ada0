package org.mlxspring.autoconfigure.check;

import java.util.function.Consumer;

/** Looks at each row alone. Safe for several threads. */
interface RowCheck {

    /** Looks at a row and tells what is wrong with it. */
    void check(CheckedRow row, Consumer<CheckFinding> found);
}
