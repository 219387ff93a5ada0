package org.mlxspring.autoconfigure.lineage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A fused model that was made from an adapter.
 *
 * @param model name of its base model
 * @param version its number
 * @param run the run that fused it
 * @param path its folder
 * @param champion whether it serves
 * @param withdrawnAt when it was taken out of serving; null where it was not
 */
public record ModelVersionUse(
        String model,
        int version,
        String run,
        String path,
        boolean champion,
        @Nullable Instant withdrawnAt) {}
