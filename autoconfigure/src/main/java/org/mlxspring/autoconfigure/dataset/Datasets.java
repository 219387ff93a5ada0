package org.mlxspring.autoconfigure.dataset;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.mlxspring.engine.data.Split;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/**
 * The datasets of this application. A dataset has numbered versions; a version never changes.
 *
 * <p>Rows are JSON objects in one of mlx-lm's shapes: {@code messages} (and {@code tools}), {@code prompt} and {@code
 * completion}, or {@code text}; or they are preferences, {@code prompt}, {@code chosen} and {@code rejected}, which
 * are not mixed with others and serve {@code train_mode} {@code dpo} and {@code orpo}.
 */
public class Datasets {

    private static final Logger LOG = LoggerFactory.getLogger(Datasets.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final TransactionOperations transactions;
    private final DatasetRepository datasets;
    private final DatasetVersionRepository versions;
    private final RowStore rows;

    Datasets(MlxDatabase database) {
        transactions = database.transactions();
        datasets = database.repository(DatasetRepository.class);
        versions = database.repository(DatasetVersionRepository.class);
        rows = new RowStore(new JdbcTemplate(database.dataSource()));
    }

    /**
     * Makes a version from files; the same content again answers the version that exists. Where {@code valid} or
     * {@code test} is missing, 10 % each of the training rows are split off, always the same ones.
     *
     * @param name name of the dataset; letters, digits, {@code . _ -}, at most 100
     * @param files JSONL files in UTF-8
     * @param createdBy who makes it
     * @throws ProblemException if the name is unusable, or rows are wrong: up to 20 of them are listed with file, line
     *     and reason
     */
    public DatasetVersionView create(String name, RowFiles files, String createdBy) {
        requireUsable(name);
        Map<Split, Path> bySplit = files.bySplit();
        RowCheck.check(bySplit);
        RowKind kind = RowKind.of(bySplit);
        try {
            String hash = RowHash.of(bySplit);
            open(name);
            return inTransaction(() -> store(name, hash, kind, bySplit, createdBy));
        } catch (IOException e) {
            throw new UncheckedIOException("The rows of dataset '" + name + "' could not be read.", e);
        }
    }

    /**
     * Makes a version from rows of the application's own tables; 10 % each are split off for validation and test.
     *
     * @param name name of the dataset
     * @param rows JSON objects as maps, read once
     * @param createdBy who makes it
     * @throws ProblemException as for files
     */
    public DatasetVersionView create(String name, Iterable<? extends Map<String, ?>> rows, String createdBy) {
        requireUsable(name);
        try {
            Path file = Files.createTempFile("mlx-rows", ".jsonl");
            try {
                try (BufferedWriter out = Files.newBufferedWriter(file)) {
                    for (Map<String, ?> row : rows) {
                        out.write(JSON.writeValueAsString(row));
                        out.write('\n');
                    }
                }
                return create(name, new RowFiles(file, Optional.empty(), Optional.empty()), createdBy);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The rows of dataset '" + name + "' could not be written to a temporary file.", e);
        }
    }

    /** All datasets. */
    public Page<DatasetView> list(Pageable page) {
        return datasets.views(page);
    }

    /**
     * The versions of a dataset.
     *
     * @throws ProblemException if there is no such dataset
     */
    public Page<DatasetVersionView> versions(String name, Pageable page) {
        return inTransaction(() -> {
            if (!datasets.existsByName(name)) {
                throw unknown(name);
            }
            return versions.findByDatasetName(name, page).map(DatasetVersionEntity::view);
        });
    }

    /**
     * The version that a run uses.
     *
     * @param version its number; empty for the newest
     * @throws ProblemException if there is no such dataset or version; it lists those there are
     */
    public DatasetVersion resolve(String name, Optional<Integer> version) {
        return inTransaction(() -> version.map(number -> versions.findByDatasetNameAndVersion(name, number))
                .orElseGet(() -> versions.findFirstByDatasetNameOrderByVersionDesc(name))
                .map(found -> found.reference(name))
                .orElseThrow(() -> datasets.existsByName(name) ? unknownVersion(name, version) : unknown(name)));
    }

    /** Gives every row of a split, one JSON object each, to the consumer in order; they are not all held in memory. */
    public void read(long versionId, Split split, Consumer<String> consumer) {
        transactions.executeWithoutResult(status -> rows.read(versionId, split, consumer));
    }

    private DatasetVersionView store(String name, String hash, RowKind kind, Map<Split, Path> files, String createdBy)
            throws IOException {
        DatasetEntity dataset = datasets.lock(name).orElseThrow();
        Optional<DatasetVersionEntity> same = versions.findByDatasetNameAndHash(name, hash);
        if (same.isPresent()) {
            return same.get().view();
        }
        int number = versions.findFirstByDatasetNameOrderByVersionDesc(name)
                        .map(last -> last.view().version())
                        .orElse(0)
                + 1;
        DatasetVersionEntity version =
                versions.saveAndFlush(new DatasetVersionEntity(dataset, number, hash, kind, now(), createdBy));
        Map<Split, Integer> counts = rows.write(version.id(), files);
        version.count(counts.get(Split.TRAIN), counts.get(Split.VALID), counts.get(Split.TEST));
        LOG.info(
                "Dataset {} has version {}: {} train, {} valid, {} test rows, by {}.",
                name,
                number,
                counts.get(Split.TRAIN),
                counts.get(Split.VALID),
                counts.get(Split.TEST),
                createdBy);
        return version.view();
    }

    /** Makes sure that the dataset exists, in a transaction of its own, so that its row can be locked. */
    private void open(String name) {
        try {
            transactions.executeWithoutResult(status -> {
                if (!datasets.existsByName(name)) {
                    datasets.saveAndFlush(new DatasetEntity(name, now()));
                }
            });
        } catch (RuntimeException e) {
            if (!datasets.existsByName(name)) {
                throw e;
            }
            LOG.debug("Dataset {} was made by somebody else at the same moment.", name);
        }
    }

    private ProblemException unknown(String name) {
        List<String> known = datasets.names();
        return ProblemException.notFound(
                "Unknown dataset",
                "There is no dataset '" + name + "'. "
                        + (known.isEmpty() ? "None was made yet." : "There are: " + String.join(", ", known) + "."),
                Map.of("datasets", known));
    }

    private ProblemException unknownVersion(String name, Optional<Integer> version) {
        int latest = versions.findFirstByDatasetNameOrderByVersionDesc(name)
                .map(found -> found.view().version())
                .orElse(0);
        String wanted = version.map(number -> "version " + number).orElse("any version");
        return ProblemException.notFound(
                "Unknown dataset version",
                "Dataset '" + name + "' does not have " + wanted + "; its newest version is " + latest + ".",
                Map.of("latestVersion", latest));
    }

    private static void requireUsable(String name) {
        if (!NAME.matcher(name).matches()) {
            throw ProblemException.invalid(
                    "Unusable name",
                    "The name of a dataset has 1 to 100 letters, digits, dots, underscores or hyphens and begins with a"
                            + " letter or digit.",
                    Map.of("field", "name"));
        }
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    private <T> T inTransaction(Work<T> work) {
        return Objects.requireNonNull(transactions.execute(status -> {
            try {
                return work.run();
            } catch (IOException e) {
                throw new UncheckedIOException("A file of rows could not be read.", e);
            }
        }));
    }

    private interface Work<T> {
        T run() throws IOException;
    }
}
