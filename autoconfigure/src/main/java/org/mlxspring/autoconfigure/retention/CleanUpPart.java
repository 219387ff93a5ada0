package org.mlxspring.autoconfigure.retention;

import java.time.Instant;
import java.util.List;

/** One kind of thing that the clean-up removes when it was kept long enough. */
interface CleanUpPart {

    /**
     * Removes what is too old; safe to begin again where it was broken off.
     *
     * @param id of the clean-up, for what is done in its name
     * @param now the time to count from
     * @param dry whether to remove nothing and only say what would be removed
     */
    List<Removed> clean(long id, Instant now, boolean dry);
}
