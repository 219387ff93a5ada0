package org.mlxspring.autoconfigure.check;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.mlxspring.autoconfigure.dataset.DatasetRows;
import org.mlxspring.autoconfigure.dataset.StoredRow;
import org.mlxspring.engine.data.Split;

/** Reads a version's rows page by page while those before are looked at on all cores; what comes of it stays in order. */
final class StoredRows {

    private static final int MOST_ROWS = 1000;
    /** Characters that a page should have: long rows make small pages. */
    private static final long CHARACTERS = 500_000;
    /** Pages that wait, beside those that are at work. */
    private static final int AHEAD = 1;

    private final DatasetRows rows;

    StoredRows(DatasetRows rows) {
        this.rows = rows;
    }

    /** Gives every row to the examination, training rows first, and what it says to the consumer. */
    void examine(long version, RowExamination examination, Consumer<Examined> sink) {
        int threads = Runtime.getRuntime().availableProcessors();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            Deque<Future<Examined>> ahead = new ArrayDeque<>();
            try {
                for (Split split : Split.values()) {
                    int limit = 10;
                    for (List<StoredRow> page = rows.page(version, split, 0, limit);
                            !page.isEmpty();
                            page = rows.page(version, split, page.getLast().id(), limit)) {
                        if (ahead.size() == threads + AHEAD) {
                            sink.accept(ahead.remove().get());
                        }
                        List<StoredRow> examined = page;
                        ahead.add(pool.submit(() -> examination.of(examined)));
                        limit = rowsOfPageAfter(page);
                    }
                }
                while (!ahead.isEmpty()) {
                    sink.accept(ahead.remove().get());
                }
            } finally {
                ahead.forEach(each -> each.cancel(false));
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The check of dataset version " + version + " was interrupted.", e);
        }
    }

    private static int rowsOfPageAfter(List<StoredRow> page) {
        long characters = page.stream().mapToLong(row -> row.json().length()).sum();
        long mean = Math.max(1, characters / page.size());
        return Math.clamp(CHARACTERS / mean, 1, MOST_ROWS);
    }
}
