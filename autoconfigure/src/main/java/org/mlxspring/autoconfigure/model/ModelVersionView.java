package org.mlxspring.autoconfigure.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A fused model.
 *
 * @param version its number, from 1
 * @param run the run that made it
 * @param path its folder
 * @param loss mean loss per token on the test split, when it was judged
 * @param exactMatch share of exact answers in [0, 1], when it was judged
 * @param since when it became a version of its model
 * @param withdrawnAt when it was taken out of serving; null where it was not
 * @param withdrawnReason why; null where it was not
 */
public record ModelVersionView(
        int version,
        String run,
        String path,
        double loss,
        double exactMatch,
        Instant since,
        @Nullable Instant withdrawnAt,
        @Nullable String withdrawnReason) {}
