package org.mlxspring.autoconfigure.dataset;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.mlxspring.engine.data.Split;

/**
 * An import as the database knows it.
 *
 * @param version number of the version that it makes
 * @param drawn the splits besides {@code TRAIN} that rows without one of their own are drawn for
 * @param kind what its rows are, once there was one
 * @param taken rows it took so far
 * @param versionId what came out, once it is {@link State#DONE}
 * @param seenAt when it last did something
 */
record Turn(
        long importId,
        long datasetId,
        int version,
        IntakeMode mode,
        Set<Split> drawn,
        Optional<RowKind> kind,
        State state,
        long taken,
        Optional<Long> versionId,
        String user,
        Instant seenAt) {

    enum State {
        OPEN,
        DONE,
        ABANDONED
    }

    /** Whether a row may stand in a split: its own, or one that is drawn for. */
    boolean allows(Optional<Split> own, Split split) {
        return own.map(split::equals).orElse(split == Split.TRAIN || drawn.contains(split));
    }

    Intake intake() {
        return new Intake(datasetId, importId, version, taken);
    }
}
