package org.mlxspring.autoconfigure.source;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.mlxspring.autoconfigure.dataset.NewRow;

/** What became of a row of a source before it is stored. */
sealed interface PreparedRow {

    /** One that can be stored. */
    record Usable(Place place, NewRow row) implements PreparedRow {

        /** This row where it does not suit the others. */
        Refused asRefused(String reason) {
            return new Refused(
                    place,
                    reason,
                    row.subject(),
                    row.json().getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * One that cannot.
     *
     * @param reason what is wrong and what would be right, without text of the row
     * @param subject what it is about, where the source said so
     * @param text what there is of it, in UTF-8; to be kept sealed
     */
    record Refused(Place place, String reason, Optional<String> subject, byte[] text) implements PreparedRow {}
}
