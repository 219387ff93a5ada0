package org.mlxspring.autoconfigure.dataset;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mlxspring.autoconfigure.audit.AuditAction;
import org.mlxspring.autoconfigure.audit.AuditEntry;
import org.mlxspring.autoconfigure.audit.AuditLog;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.mlxspring.engine.data.Split;
import org.springframework.transaction.support.TransactionOperations;

/** Shows the text of rows to somebody, and never without a line in the audit log. */
public class RowReading {

    private final TransactionOperations transactions;
    private final Datasets datasets;
    private final DatasetRows rows;
    private final AuditLog audit;

    RowReading(MlxDatabase database, Datasets datasets, DatasetRows rows, AuditLog audit) {
        transactions = database.transactions();
        this.datasets = datasets;
        this.rows = rows;
        this.audit = audit;
    }

    /**
     * Rows of a version in the order of their ids.
     *
     * @param version its number; empty for the newest that is ready
     * @param splits the splits to read
     * @param after id of the last row before them; 0 for the first
     * @param size how many at most
     * @param reader who reads them
     * @throws ProblemException if there is no such dataset or version
     */
    public RowsView page(
            String dataset, Optional<Integer> version, Set<Split> splits, long after, int size, String reader) {
        DatasetVersion read = datasets.resolve(dataset, version);
        return inTransaction(() -> {
            List<RowView> page = rows.views(read, splits, after, size);
            if (!page.isEmpty()) {
                record(reader, dataset, Optional.of(read.version()), Optional.empty(), page);
            }
            @Nullable Long next = page.size() < size ? null : page.getLast().id();
            return new RowsView(page, next);
        });
    }

    /**
     * One row, of whatever version.
     *
     * @throws ProblemException if there is no such dataset or row
     */
    public RowView row(String dataset, long id, String reader) {
        return inTransaction(() -> {
            RowView row = rows.view(dataset, id)
                    .orElseThrow(() -> ProblemException.notFound(
                            "Unknown row", "Dataset '" + dataset + "' has no row " + id + ".", Map.of("row", id)));
            record(reader, dataset, Optional.empty(), Optional.of(id), List.of(row));
            return row;
        });
    }

    private void record(
            String reader, String dataset, Optional<Integer> version, Optional<Long> row, List<RowView> shown) {
        String ids = shown.size() == 1
                ? "row " + shown.getFirst().id()
                : "rows " + shown.getFirst().id() + " to " + shown.getLast().id();
        audit.record(new AuditEntry(reader, AuditAction.ROWS_READ, dataset, version, row, shown.size(), ids));
    }

    private <T> T inTransaction(Supplier<T> work) {
        return Objects.requireNonNull(transactions.execute(status -> work.get()));
    }
}
