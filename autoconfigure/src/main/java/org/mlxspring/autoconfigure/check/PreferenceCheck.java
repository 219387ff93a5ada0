package org.mlxspring.autoconfigure.check;

import java.util.function.Consumer;
import org.mlxspring.engine.data.PreferenceRow;

/** Finds preferences whose better and worse answer are the same. */
final class PreferenceCheck implements RowCheck {

    @Override
    public void check(CheckedRow row, Consumer<CheckFinding> found) {
        if (row.row() instanceof PreferenceRow preference && preference.chosen().equals(preference.rejected())) {
            found.accept(CheckFinding.of(
                    CheckName.LABEL_NOISE, row.id(), "the chosen and the rejected answer are the same"));
        }
    }
}
