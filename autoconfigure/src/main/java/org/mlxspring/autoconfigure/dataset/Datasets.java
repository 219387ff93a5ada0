package org.mlxspring.autoconfigure.dataset;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;

/**
 * The datasets of this application. A dataset has numbered versions; a version never changes.
 *
 * <p>Rows are JSON objects in one of mlx-lm's shapes: {@code messages} (and {@code tools}), {@code prompt} and {@code
 * completion}, or {@code text}; or they are preferences, {@code prompt}, {@code chosen} and {@code rejected}, which
 * are not mixed with others and serve {@code train_mode} {@code dpo} and {@code orpo}.
 */
public class Datasets {

    private static final int IDS = 10_000;

    private final DatasetNames names;
    private final DatasetRepository datasets;
    private final DatasetVersionRepository versions;
    private final DatasetRows rows;
    private final RowIntake intake;
    private final ObjectProvider<VersionGate> gates;
    private final Tags tags;
    private final Difference difference;

    Datasets(MlxDatabase database, RowIntake intake, DatasetRows rows, ObjectProvider<VersionGate> gates) {
        this.intake = intake;
        this.rows = rows;
        this.gates = gates;
        names = new DatasetNames(database);
        datasets = database.repository(DatasetRepository.class);
        versions = database.repository(DatasetVersionRepository.class);
        tags = new Tags(database.jdbc());
        difference = new Difference(database.jdbc());
    }

    /**
     * A dataset.
     *
     * @throws ProblemException if there is no such dataset
     */
    public DatasetView get(String name) {
        names.get(name);
        return datasets.view(name).orElseThrow(() -> unknownVersion(name, Optional.empty()));
    }

    /** All datasets. */
    public Page<DatasetView> list(Pageable page) {
        return datasets.views(page);
    }

    /**
     * The versions of a dataset.
     *
     * @param state only those in this state; null for all
     * @throws ProblemException if there is no such dataset
     */
    public Page<DatasetVersionView> versions(String name, @Nullable VersionState state, Pageable page) {
        List<TagView> known = tags.of(names.get(name).id());
        Page<DatasetVersionEntity> found = state == null
                ? versions.findByDatasetName(name, page)
                : versions.findByDatasetNameAndState(name, state, page);
        return found.map(version -> version.view(known));
    }

    /**
     * A version of a dataset.
     *
     * @throws ProblemException if there is no such dataset or version
     */
    public DatasetVersionView version(String name, int version) {
        return view(resolve(name, Optional.of(version)));
    }

    /**
     * How a version differs from another.
     *
     * @param from number of the other version, usually an older one
     * @param to number of the version
     * @throws ProblemException if there is no such dataset or version
     */
    public VersionDifference difference(String name, int from, int to) {
        long datasetId = resolve(name, Optional.of(from)).datasetId();
        resolve(name, Optional.of(to));
        return difference.counts(datasetId, from, to);
    }

    /**
     * Ids of the rows that differ, ascending.
     *
     * @param change which ones; of changed rows, the ids of version {@code to} are told
     * @param after id of the last row before them; 0 for the first
     * @param size how many at most
     */
    public RowIdsView difference(String name, int from, int to, RowChange change, long after, int size) {
        long datasetId = resolve(name, Optional.of(from)).datasetId();
        resolve(name, Optional.of(to));
        List<Long> ids = difference.ids(datasetId, from, to, change, after, size);
        return new RowIdsView(ids, ids.size() < size ? null : ids.getLast());
    }

    /** Up to 10,000 ids of the rows of a version in their order, all splits together, after this one; 0 for the first. */
    public List<RowId> ids(DatasetVersion version, long afterId) {
        return rows.ids(version, afterId, IDS);
    }

    /**
     * The version that a run uses.
     *
     * @param version its number; empty for the newest whose rows are all there and checked
     * @throws ProblemException if there is no such dataset or version, it lists those there are; or if the version was
     *     given up
     */
    public DatasetVersion resolve(String name, Optional<Integer> version) {
        names.get(name);
        return version.map(number -> versions.findByDatasetNameAndVersion(name, number))
                .orElseGet(
                        () -> versions.findFirstByDatasetNameAndStateNotOrderByVersionDesc(name, VersionState.BUILDING))
                .map(DatasetVersionEntity::reference)
                .map(Datasets::requireRows)
                .orElseThrow(() -> unknownVersion(name, version));
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
        return versions.findById(version.id()).orElseThrow().view(tags.of(version.datasetId()));
    }

    private static DatasetVersion requireRows(DatasetVersion version) {
        if (version.state() == VersionState.REMOVED) {
            throw ProblemException.conflict(
                    "Version was given up",
                    "Version " + version.version() + " of dataset '" + version.dataset() + "' was given up by the"
                            + " clean-up, and its rows with it; use a newer one.",
                    Map.of("version", version.version()));
        }
        return version;
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
