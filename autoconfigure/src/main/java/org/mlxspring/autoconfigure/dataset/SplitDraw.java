package org.mlxspring.autoconfigure.dataset;

import java.nio.ByteBuffer;
import java.util.Set;
import org.mlxspring.engine.data.Split;

/**
 * Draws the split of a row by its fingerprint, 10 % each for validation and test. The fingerprint is keyed, so nobody can
 * write a row that lands where he wants.
 */
final class SplitDraw {

    private SplitDraw() {}

    /** @param drawn the splits besides {@code TRAIN} that are drawn for */
    static Split of(ByteBuffer fingerprint, Set<Split> drawn) {
        long bucket = (fingerprint.getLong(0) >>> 1) % 10;
        if (bucket == 0 && drawn.contains(Split.VALID)) {
            return Split.VALID;
        }
        return bucket == 1 && drawn.contains(Split.TEST) ? Split.TEST : Split.TRAIN;
    }
}
