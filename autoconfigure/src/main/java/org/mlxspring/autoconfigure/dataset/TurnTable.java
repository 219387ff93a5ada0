package org.mlxspring.autoconfigure.dataset;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mlxspring.autoconfigure.dataset.Turn.State;
import org.mlxspring.engine.data.Split;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of imports. One at most has the turn of a dataset: {@code open_dataset} is unique, and null when it ends. */
final class TurnTable {

    private final JdbcClient jdbc;

    TurnTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Turn> find(long importId) {
        return jdbc.sql("select * from mlx_dataset_intakes where import_id = ?")
                .param(importId)
                .query(TurnTable::turn)
                .optional();
    }

    /** As {@link #find}, held until the end of the transaction. */
    Optional<Turn> lock(long importId) {
        return jdbc.sql("select * from mlx_dataset_intakes where import_id = ? for update")
                .param(importId)
                .query(TurnTable::turn)
                .optional();
    }

    /** Keeps others from opening a turn of the dataset until the end of the transaction. */
    void lockDataset(long datasetId) {
        jdbc.sql("select id from mlx_datasets where id = ? for update")
                .param(datasetId)
                .query(Long.class)
                .single();
    }

    Optional<Turn> holder(long datasetId) {
        return jdbc.sql("select * from mlx_dataset_intakes where open_dataset = ?")
                .param(datasetId)
                .query(TurnTable::turn)
                .optional();
    }

    void open(Turn turn) {
        jdbc.sql("insert into mlx_dataset_intakes (import_id, dataset_id, open_dataset, version, mode, drawn, kind,"
                        + " state, taken, created_by, seen_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        turn.importId(),
                        turn.datasetId(),
                        turn.datasetId(),
                        turn.version(),
                        turn.mode().name(),
                        turn.drawn().stream().map(Split::label).collect(Collectors.joining(",")),
                        turn.kind().map(RowKind::name).orElse(null),
                        turn.state().name(),
                        turn.taken(),
                        turn.user(),
                        now())
                .update();
    }

    void took(long importId, long taken, RowKind kind) {
        jdbc.sql("update mlx_dataset_intakes set taken = ?, kind = ?, seen_at = ? where import_id = ?")
                .params(taken, kind.name(), now(), importId)
                .update();
    }

    void seen(long importId) {
        jdbc.sql("update mlx_dataset_intakes set seen_at = ? where import_id = ?")
                .params(now(), importId)
                .update();
    }

    void end(long importId, State state, @Nullable Long versionId) {
        jdbc.sql("update mlx_dataset_intakes set open_dataset = null, state = ?, version_id = ?, seen_at = ?"
                        + " where import_id = ?")
                .params(Arrays.asList(state.name(), versionId, now(), importId))
                .update();
    }

    private static Turn turn(ResultSet row, int index) throws SQLException {
        String drawn = row.getString("drawn");
        Set<Split> splits = drawn.isEmpty()
                ? Set.of()
                : Arrays.stream(drawn.split(",")).map(Split::labeled).collect(Collectors.toUnmodifiableSet());
        return new Turn(
                row.getLong("import_id"),
                row.getLong("dataset_id"),
                row.getInt("version"),
                IntakeMode.valueOf(row.getString("mode")),
                splits,
                Optional.ofNullable(row.getString("kind")).map(RowKind::valueOf),
                State.valueOf(row.getString("state")),
                row.getLong("taken"),
                Optional.ofNullable(row.getObject("version_id", Long.class)),
                row.getString("created_by"),
                row.getObject("seen_at", OffsetDateTime.class).toInstant());
    }

    private static OffsetDateTime now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }
}
