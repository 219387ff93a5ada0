package org.mlxspring.autoconfigure.source;

import java.util.function.BooleanSupplier;

/**
 * Whether an import is to go on.
 *
 * @param asked whether somebody asked it to stop
 * @param leaving whether this instance shuts down
 * @param lost whether the database did not hear of this instance for so long that another one may have taken over
 */
record ImportControl(BooleanSupplier asked, BooleanSupplier leaving, BooleanSupplier lost) {

    boolean stopWanted() {
        return leaving.getAsBoolean() || lost.getAsBoolean() || asked.getAsBoolean();
    }
}
