package org.mlxspring.autoconfigure.dataset;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.mlxspring.engine.data.Split;
import org.springframework.jdbc.core.JdbcTemplate;

/** The rows themselves, by JDBC: written in batches and read with a cursor, never all in memory. */
final class RowStore {

    private static final int BATCH = 500;

    private final JdbcTemplate jdbc;

    RowStore(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        this.jdbc.setFetchSize(BATCH);
    }

    /**
     * Stores the rows of a version inside the caller's transaction.
     *
     * @return rows per split
     * @throws ProblemException if a split without a file cannot be filled because there are too few rows
     */
    Map<Split, Integer> write(long version, Map<Split, Path> files) throws IOException {
        Set<Split> missing = EnumSet.complementOf(EnumSet.copyOf(files.keySet()));
        RowSplit splitter = new RowSplit(missing);
        Map<Split, Integer> counts = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            counts.put(split, 0);
        }
        List<Object[]> batch = new ArrayList<>(BATCH);
        for (Map.Entry<Split, Path> file : files.entrySet()) {
            try (BufferedReader in = Files.newBufferedReader(file.getValue())) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    if (line.isBlank()) {
                        continue;
                    }
                    String row = line.strip();
                    Split split =
                            file.getKey() == Split.TRAIN ? splitter.of(row, counts.get(Split.TRAIN)) : file.getKey();
                    batch.add(new Object[] {version, name(split), counts.merge(split, 1, Integer::sum) - 1, row});
                    if (batch.size() == BATCH) {
                        insert(batch);
                    }
                }
            }
        }
        insert(batch);
        fillEmpty(version, missing, splitter, counts);
        return counts;
    }

    /** Gives every row of a split to the consumer, in order, inside the caller's transaction. */
    void read(long version, Split split, Consumer<String> consumer) {
        jdbc.query(
                "select content from mlx_dataset_rows where version_id = ? and split = ? order by row_index",
                row -> {
                    consumer.accept(row.getString(1));
                },
                version,
                name(split));
    }

    private void insert(List<Object[]> batch) {
        jdbc.batchUpdate(
                "insert into mlx_dataset_rows (version_id, split, row_index, content) values (?, ?, ?, ?)", batch);
        batch.clear();
    }

    private void fillEmpty(long version, Set<Split> missing, RowSplit splitter, Map<Split, Integer> counts) {
        for (Split split : missing) {
            if (counts.get(split) == 0 && counts.get(Split.TRAIN) > 1 && moveSpare(version, split, splitter)) {
                counts.put(split, 1);
                counts.merge(Split.TRAIN, -1, Integer::sum);
            }
        }
        counts.forEach((split, count) -> {
            if (count == 0) {
                throw missing.contains(split) || split == Split.TRAIN && !missing.isEmpty()
                        ? tooFew(split)
                        : empty(split);
            }
        });
    }

    private boolean moveSpare(long version, Split split, RowSplit splitter) {
        return jdbc.update(
                        "update mlx_dataset_rows set split = ?, row_index = 0"
                                + " where version_id = ? and split = ? and row_index = ?",
                        name(split),
                        version,
                        name(Split.TRAIN),
                        splitter.spareFor(split).orElseThrow())
                == 1;
    }

    private static ProblemException tooFew(Split split) {
        return ProblemException.invalid(
                "Too few rows",
                "There are too few different rows in " + Split.TRAIN.fileName() + " to split validation and test rows"
                        + " off it: nothing is left for " + split.fileName() + ". Give that file too, or more rows.",
                Map.of("file", Split.TRAIN.fileName()));
    }

    private static ProblemException empty(Split split) {
        return ProblemException.invalid(
                "No rows", split.fileName() + " has no rows.", Map.of("file", split.fileName()));
    }

    private static String name(Split split) {
        return split.name().toLowerCase(Locale.ROOT);
    }
}
