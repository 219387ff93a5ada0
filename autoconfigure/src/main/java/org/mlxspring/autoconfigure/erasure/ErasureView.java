package org.mlxspring.autoconfigure.erasure;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An erasure and its report; without the subject's key and without text of a row.
 *
 * @param id its id
 * @param cause why rows are erased
 * @param reason the reason that was given
 * @param requestedBy who asked for it
 * @param requestedAt when it was asked for
 * @param state how far it is
 * @param problem why it could not go on at its last attempt; it tries again. Null otherwise
 * @param startedAt when it began; null before
 * @param endedAt when it was done; null before
 * @param liftedAt since when imports may bring again what it erased; null while they keep it out
 * @param liftedBy who lifted that; null while nobody did
 * @param datasets what is erased of each dataset
 * @param report what was done; grows while it works
 */
public record ErasureView(
        long id,
        ErasureCause cause,
        String reason,
        String requestedBy,
        Instant requestedAt,
        ErasureState state,
        @Nullable String problem,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Instant liftedAt,
        @Nullable String liftedBy,
        List<ErasureShare> datasets,
        ErasureReport report) {

    public ErasureView {
        datasets = List.copyOf(datasets);
    }

    /**
     * What is erased of one dataset.
     *
     * @param dataset name of the dataset
     * @param bySubject whether all rows of a subject are erased, rather than rows by id
     * @param rows how many rows were found
     * @param erased how many of them are gone
     */
    public record ErasureShare(String dataset, boolean bySubject, long rows, long erased) {}
}
