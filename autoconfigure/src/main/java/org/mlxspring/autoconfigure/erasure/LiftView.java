package org.mlxspring.autoconfigure.erasure;

import java.util.List;

/**
 * What was lifted.
 *
 * @param erasures ids of the erasures that keep nothing out any more
 * @param hashes how many hashes of contents, ids in a source and subjects were forgotten
 */
public record LiftView(List<Long> erasures, long hashes) {

    public LiftView {
        erasures = List.copyOf(erasures);
    }
}
