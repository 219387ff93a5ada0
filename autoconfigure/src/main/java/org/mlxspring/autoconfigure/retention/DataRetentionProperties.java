package org.mlxspring.autoconfigure.retention;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long the data of datasets is kept. The clean-up removes what is older.
 *
 * @param rowsFor Age at which rows are erased, counted from when they were added, for example 730d. A dataset can have its
 *     own. Without either, rows stay.
 * @param versionsKept How many of the newest versions of a dataset are kept, besides those that are tagged and those that a
 *     champion or an unfinished run uses. A dataset can have its own. Without either, all stay.
 * @param refusedRowsFor Age at which rows that an import refused are removed.
 * @param importsFor Age at which imports that ended are removed, with the rows that they refused. Those stay whose rows or
 *     version are still there, and the newest of each source.
 * @param tokenStoresUnusedFor Time without use after which a token store is removed; the next run makes it again.
 */
@ConfigurationProperties("mlx.datasets.retention")
public record DataRetentionProperties(
        @Nullable Duration rowsFor,
        @Nullable Integer versionsKept,
        @DefaultValue("30d") Duration refusedRowsFor,
        @DefaultValue("365d") Duration importsFor,
        @DefaultValue("30d") Duration tokenStoresUnusedFor) {

    public DataRetentionProperties {
        if (rowsFor != null && rowsFor.compareTo(Duration.ofDays(1)) < 0) {
            throw new IllegalArgumentException(
                    "mlx.datasets.retention.rows-for is " + rowsFor + "; it must be at least 1d.");
        }
        if (versionsKept != null && versionsKept < 1) {
            throw new IllegalArgumentException(
                    "mlx.datasets.retention.versions-kept is " + versionsKept + "; it must be at least 1.");
        }
        KeptFor.require("mlx.datasets.retention.refused-rows-for", refusedRowsFor);
        KeptFor.require("mlx.datasets.retention.imports-for", importsFor);
        KeptFor.require("mlx.datasets.retention.token-stores-unused-for", tokenStoresUnusedFor);
    }
}
