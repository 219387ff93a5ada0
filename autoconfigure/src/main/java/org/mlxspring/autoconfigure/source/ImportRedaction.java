package org.mlxspring.autoconfigure.source;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.mlxspring.autoconfigure.encryption.DatasetKeys;
import org.mlxspring.autoconfigure.redaction.DatasetPlaceholders;
import org.mlxspring.autoconfigure.redaction.Placeholders;
import org.mlxspring.autoconfigure.redaction.Redaction;

/**
 * The redaction of rows that come in.
 *
 * @param redaction finds personal data and secrets
 * @param keepsOriginal whether the row before it is kept as well, sealed
 */
record ImportRedaction(Redaction redaction, boolean keepsOriginal) {

    /** With the placeholders of a dataset. */
    UnaryOperator<Map<String, Object>> of(DatasetKeys keys) {
        return with(DatasetPlaceholders.from(keys));
    }

    UnaryOperator<Map<String, Object>> with(Placeholders placeholders) {
        return row -> redaction.redact(row, placeholders, finding -> {});
    }
}
