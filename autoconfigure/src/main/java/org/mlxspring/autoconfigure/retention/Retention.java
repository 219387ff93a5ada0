package org.mlxspring.autoconfigure.retention;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mlxspring.autoconfigure.audit.AuditAction;
import org.mlxspring.autoconfigure.audit.AuditEntry;
import org.mlxspring.autoconfigure.audit.AuditLog;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.dataset.RowErasure;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** How long each dataset is kept: what was set for it, else what the properties say. */
public class Retention {

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final RowErasure rows;
    private final AuditLog audit;
    private final DataRetentionProperties properties;

    Retention(MlxDatabase database, RowErasure rows, AuditLog audit, DataRetentionProperties properties) {
        jdbc = database.jdbc();
        transactions = database.transactions();
        this.rows = rows;
        this.audit = audit;
        this.properties = properties;
    }

    /**
     * What was set for a dataset.
     *
     * @throws ProblemException if there is no such dataset
     */
    public DatasetRetention of(String dataset) {
        return of(rows.dataset(dataset));
    }

    /**
     * Sets it for a dataset, in place of what was set before.
     *
     * @throws ProblemException if there is no such dataset, or a number is not at least 1
     */
    public DatasetRetention set(String dataset, DatasetRetention retention, String user) {
        requirePositive("rowsForDays", retention.rowsForDays());
        requirePositive("versionsKept", retention.versionsKept());
        long id = rows.dataset(dataset);
        transactions.executeWithoutResult(status -> {
            jdbc.sql("delete from mlx_dataset_retention where dataset_id = ?")
                    .param(id)
                    .update();
            jdbc.sql("insert into mlx_dataset_retention (dataset_id, rows_for_days, versions_kept) values (?, ?, ?)")
                    .params(id, retention.rowsForDays(), retention.versionsKept())
                    .update();
            audit.record(new AuditEntry(
                    user,
                    AuditAction.DATASET_CHANGED,
                    dataset,
                    Optional.empty(),
                    Optional.empty(),
                    0,
                    "Retention: rows for " + said(retention.rowsForDays()) + " days, versions kept "
                            + said(retention.versionsKept()) + "."));
        });
        return retention;
    }

    /** The age at which rows of a dataset are erased; empty for never. */
    Optional<Duration> rowsFor(long datasetId) {
        Integer days = of(datasetId).rowsForDays();
        return Optional.ofNullable(days == null ? properties.rowsFor() : Duration.ofDays(days));
    }

    /** How many of the newest versions of a dataset are kept; empty for all. */
    Optional<Integer> versionsKept(long datasetId) {
        Integer kept = of(datasetId).versionsKept();
        return Optional.ofNullable(kept == null ? properties.versionsKept() : kept);
    }

    private DatasetRetention of(long datasetId) {
        return jdbc.sql("select rows_for_days, versions_kept from mlx_dataset_retention where dataset_id = ?")
                .param(datasetId)
                .query((row, number) -> new DatasetRetention(
                        row.getObject("rows_for_days", Integer.class), row.getObject("versions_kept", Integer.class)))
                .optional()
                .orElse(new DatasetRetention(null, null));
    }

    private static void requirePositive(String field, @Nullable Integer value) {
        if (value != null && value < 1) {
            throw ProblemException.invalid(
                    "Unusable retention",
                    field + " is " + value + "; it must be at least 1, or null for what the properties say.",
                    Map.of("field", field));
        }
    }

    private static String said(@Nullable Integer value) {
        return value == null ? "as the properties say" : Objects.toString(value);
    }
}
