package org.mlxspring.autoconfigure.dataset;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.mlxspring.engine.data.Split;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The datasets of this application. A dataset has numbered versions; a version never changes.
 *
 * <p>Rows are JSON objects in one of mlx-lm's shapes: {@code messages} (and {@code tools}), {@code prompt} and {@code
 * completion}, or {@code text}; or they are preferences, {@code prompt}, {@code chosen} and {@code rejected}, which
 * are not mixed with others and serve {@code train_mode} {@code dpo} and {@code orpo}.
 */
public class Datasets {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int PAGE = 500;

    private final DatasetNames names;
    private final DatasetRepository datasets;
    private final DatasetVersionRepository versions;
    private final DatasetRows rows;
    private final RowIntake intake;
    private final ObjectProvider<VersionGate> gates;

    Datasets(MlxDatabase database, RowIntake intake, DatasetRows rows, ObjectProvider<VersionGate> gates) {
        this.intake = intake;
        this.rows = rows;
        this.gates = gates;
        names = new DatasetNames(database);
        datasets = database.repository(DatasetRepository.class);
        versions = database.repository(DatasetVersionRepository.class);
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
        DatasetNames.requireUsable(name);
        Map<Split, Path> bySplit = files.bySplit();
        RowCheck.check(bySplit);
        RowKind kind = RowKind.of(bySplit);
        try {
            return view(settle(new FileIntake(intake).bring(name, bySplit, kind, createdBy)));
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
        DatasetNames.requireUsable(name);
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
        names.get(name);
        return versions.findByDatasetName(name, page).map(DatasetVersionEntity::view);
    }

    /**
     * The version that a run uses.
     *
     * @param version its number; empty for the newest whose rows are all there and checked
     * @throws ProblemException if there is no such dataset or version; it lists those there are
     */
    public DatasetVersion resolve(String name, Optional<Integer> version) {
        names.get(name);
        return version.map(number -> versions.findByDatasetNameAndVersion(name, number))
                .orElseGet(
                        () -> versions.findFirstByDatasetNameAndStateNotOrderByVersionDesc(name, VersionState.BUILDING))
                .map(DatasetVersionEntity::reference)
                .orElseThrow(() -> unknownVersion(name, version));
    }

    /** Gives every row of a split, one JSON object each, to the consumer in order; they are not all held in memory. */
    public void read(long versionId, Split split, Consumer<String> consumer) {
        long last = 0;
        for (List<StoredRow> page = rows.page(versionId, split, last, PAGE);
                !page.isEmpty();
                page = rows.page(versionId, split, last, PAGE)) {
            page.forEach(row -> consumer.accept(row.json()));
            last = page.getLast().id();
        }
    }

    /**
     * Ends the building of a version that an import made: whatever looks at new versions does, and then runs may use
     * it or it is blocked. One that was settled before stays as it is.
     *
     * @return the version in its new state
     */
    public DatasetVersion settle(DatasetVersion version) {
        if (version.state() != VersionState.BUILDING) {
            return version;
        }
        List<VersionGate> all = gates.orderedStream().toList();
        boolean blocked = false;
        for (VersionGate gate : all) {
            blocked |= gate.blocks(version);
        }
        intake.ready(version.id(), blocked);
        return versions.findById(version.id()).orElseThrow().reference();
    }

    private DatasetVersionView view(DatasetVersion version) {
        return versions.findById(version.id()).orElseThrow().view();
    }

    private ProblemException unknownVersion(String name, Optional<Integer> version) {
        int latest = versions.findFirstByDatasetNameOrderByVersionDesc(name)
                .map(DatasetVersionEntity::number)
                .orElse(0);
        String wanted = version.map(number -> "version " + number).orElse("any version that is ready");
        return ProblemException.notFound(
                "Unknown dataset version",
                "Dataset '" + name + "' does not have " + wanted + "; its newest version is " + latest + ".",
                Map.of("latestVersion", latest));
    }
}
