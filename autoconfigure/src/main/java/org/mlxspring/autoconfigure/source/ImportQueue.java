package org.mlxspring.autoconfigure.source;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.database.TaskQueue;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Which import is next. Of each dataset at most one import is handed to the instances on the database; the next one
 * follows in the transaction that ends it. A lock on the dataset's line keeps two from deciding at once.
 */
final class ImportQueue {

    private static final String TABLE = "mlx_import_tasks";

    /** An instance id is {@code IMPORT#ATTEMPT}. */
    private static final TaskDescriptor<Void> TASK = TaskDescriptor.of("mlx-import");

    private final MlxDatabase database;
    private final TransactionOperations transactions;
    private final ImportTable imports;
    private final SchedulerClient client;

    ImportQueue(MlxDatabase database, ImportTable imports) {
        this.database = database;
        this.transactions = database.transactions();
        this.imports = imports;
        client = tasks(database).client();
    }

    /** Where its tasks are. */
    static TaskQueue tasks(MlxDatabase database) {
        return new TaskQueue(database, TABLE, TASK);
    }

    /** The import of an instance id of {@link #TASK}. */
    static long importOf(String instance) {
        return Long.parseLong(instance.substring(0, instance.indexOf('#')));
    }

    /** Puts an import at the end of its dataset's line. */
    void submit(ImportPlan plan, ImportKind kind) {
        inLine(plan.dataset(), () -> {
            imports.insert(plan, kind);
            handOn(plan.dataset());
        });
    }

    /** Ends an import and hands on the next one of its dataset. */
    void end(long id, String dataset, ImportState state, @Nullable String reason) {
        inLine(dataset, () -> {
            imports.end(id, state, reason);
            handOn(dataset);
        });
    }

    /** Work that nobody does at the same time for the dataset. */
    void inLine(String dataset, Runnable work) {
        open(dataset);
        transactions.executeWithoutResult(status -> {
            database.jdbc()
                    .sql("select dataset from mlx_import_queues where dataset = :dataset for update")
                    .param("dataset", dataset)
                    .query(String.class)
                    .single();
            work.run();
        });
    }

    /** Hands on the import that is next, if none is at work; called in line. */
    void handOn(String dataset) {
        Optional<Long> next = imports.nextOf(dataset);
        if (next.isPresent() && !imports.anyRunning(dataset)) {
            String instance = next.get() + "#" + imports.attempt(next.get());
            client.scheduleIfNotExists(TASK.instance(instance).scheduledTo(Instant.now()));
        }
    }

    private void open(String dataset) {
        Optional<String> there = line(dataset);
        if (there.isPresent()) {
            return;
        }
        try {
            database.jdbc()
                    .sql("insert into mlx_import_queues values (:dataset)")
                    .param("dataset", dataset)
                    .update();
        } catch (DataIntegrityViolationException e) {
            if (line(dataset).isEmpty()) {
                throw e;
            }
        }
    }

    private Optional<String> line(String dataset) {
        return database.jdbc()
                .sql("select dataset from mlx_import_queues where dataset = :dataset")
                .param("dataset", dataset)
                .query(String.class)
                .optional();
    }
}
