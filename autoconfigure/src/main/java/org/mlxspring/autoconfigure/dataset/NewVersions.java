package org.mlxspring.autoconfigure.dataset;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.mlxspring.engine.data.Split;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/** Makes the version of an import out of the rows it left; each call is part of the caller's transaction. */
final class NewVersions {

    private static final Logger LOG = LoggerFactory.getLogger(NewVersions.class);

    private final MlxDatabase database;
    private final DatasetRepository datasets;
    private final DatasetVersionRepository versions;
    private final ImportedRows rows;
    private final VersionContent content;
    private final EmptySplits emptySplits;

    NewVersions(MlxDatabase database, ImportedRows rows) {
        this.database = database;
        this.rows = rows;
        datasets = database.repository(DatasetRepository.class);
        versions = database.repository(DatasetVersionRepository.class);
        content = new VersionContent(database.dataSource());
        emptySplits = new EmptySplits(new JdbcTemplate(database.dataSource()), content);
    }

    /** A turn to make the version after the latest one. */
    Turn turn(long datasetId, long importId, IntakeMode mode, Set<Split> drawn, String user) {
        Optional<DatasetVersionEntity> latest = latest(datasetId);
        int number = latest.map(DatasetVersionEntity::number).orElse(0) + 1;
        Optional<RowKind> kind = mode == IntakeMode.REPLACE ? Optional.empty() : content.kind(datasetId, number - 1);
        return new Turn(
                importId,
                datasetId,
                number,
                mode,
                Set.copyOf(drawn),
                kind,
                Turn.State.OPEN,
                0,
                Optional.empty(),
                user,
                Instant.now());
    }

    /**
     * The version with the rows that the import left: a new one, or one that has the same.
     *
     * @throws ProblemException if there are no rows, or in an upload none for one of the splits
     */
    DatasetVersion finish(Turn turn) {
        if (turn.mode() == IntakeMode.REPLACE) {
            rows.endUnseen(turn);
        }
        Map<Split, Integer> counts = emptySplits.fill(turn);
        if (turn.mode() == IntakeMode.REPLACE) {
            EmptySplits.refuse(turn, counts);
        }
        if (!rows.changed(turn)) {
            return latest(turn.datasetId())
                    .map(DatasetVersionEntity::reference)
                    .orElseThrow(() -> ProblemException.invalid(
                            "No rows", "The import brought no rows, and the dataset has none.", Map.of()));
        }
        String hash = content.hash(turn.datasetId(), turn.version());
        Optional<DatasetVersionEntity> same = versions.findFirstByDatasetIdAndHashAndStateNotOrderByVersionDesc(
                turn.datasetId(), hash, VersionState.REMOVED);
        if (same.isPresent()) {
            rows.undo(turn);
            return same.get().reference();
        }
        return made(turn, hash, counts);
    }

    DatasetVersion get(long versionId) {
        return versions.findById(versionId).orElseThrow().reference();
    }

    void ready(long versionId, VersionState state) {
        database.jdbc()
                .sql("update mlx_dataset_versions set state = ? where id = ?")
                .params(state.name(), versionId)
                .update();
    }

    private DatasetVersion made(Turn turn, String hash, Map<Split, Integer> counts) {
        DatasetEntity dataset = datasets.findById(turn.datasetId()).orElseThrow();
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        RowKind kind = turn.kind().orElse(RowKind.ANSWER);
        DatasetVersionEntity version =
                new DatasetVersionEntity(dataset, turn.version(), hash, kind, turn.importId(), now, turn.user());
        version.count(counts.get(Split.TRAIN), counts.get(Split.VALID), counts.get(Split.TEST));
        versions.saveAndFlush(version);
        LOG.info(
                "Dataset {} has version {}: {} train, {} valid, {} test rows, by {}.",
                dataset.name(),
                turn.version(),
                counts.get(Split.TRAIN),
                counts.get(Split.VALID),
                counts.get(Split.TEST),
                turn.user());
        return version.reference();
    }

    private Optional<DatasetVersionEntity> latest(long datasetId) {
        return versions.findFirstByDatasetIdOrderByVersionDesc(datasetId);
    }
}
