package org.mlxspring.autoconfigure.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.dataset.DatasetVersionView;
import org.mlxspring.autoconfigure.dataset.Datasets;
import org.mlxspring.autoconfigure.dataset.IntakeMode;
import org.mlxspring.autoconfigure.dataset.RowErasure;
import org.mlxspring.autoconfigure.dataset.RowIntake;
import org.mlxspring.autoconfigure.dataset.VersionRemoval;
import org.mlxspring.autoconfigure.dataset.VersionState;
import org.mlxspring.autoconfigure.erasure.Pool;
import org.mlxspring.autoconfigure.host.OnDatabase;
import org.springframework.data.domain.PageRequest;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a run or an erasure takes up while the clean-up is at work. */
@ParameterizedClass
@EnumSource
class TakenUpTest {

    @Parameter
    private OnDatabase database;

    @Test
    void aVersionThatARunTookUpMeanwhileStays() {
        long dataset = versions("taken-up", 3);
        VersionRemoval removal = database.bean(VersionRemoval.class);
        List<Long> beyond = removal.beyond(dataset, 1);
        assertThat(beyond).hasSize(2);
        jdbc().sql("""
                        insert into mlx_runs (id, job, model, model_path, dataset, dataset_version, dataset_version_id,
                            adapter_run, state, settings, iteration, iterations, created_at, started_by, scores, checks,
                            attempt, trained, stop_requested)
                        values ('taken-up', 'TRAIN', 'm', 'm', 'taken-up', 1, ?, 'taken-up', 'QUEUED', '{}', 0, 1, ?,
                            'tina', '[]', '[]', 1, false, false)""").params(beyond.getFirst(), now()).update();

        assertThat(removal.remove(beyond)).containsExactly(beyond.getLast());
        assertThat(removal.beyond(dataset, 1)).isEmpty();
        assertThat(inState(VersionState.READY)).containsExactlyInAnyOrder(1, 3);
        assertThat(inState(VersionState.REMOVED)).containsExactly(2);

        jdbc().sql("update mlx_runs set state = 'STOPPED' where id = 'taken-up'")
                .update();
        assertThat(removal.remove(beyond.subList(0, 1))).hasSize(1);
    }

    @Test
    void rowsThatAnErasureWaitsForAreNotFoundAgain() {
        long dataset = versions("waiting", 1);
        RowErasure rows = database.bean(RowErasure.class);
        Instant later = Instant.now().plus(Duration.ofMinutes(1));
        List<Long> all = rows.addedBefore(dataset, later, 0, 100);
        assertThat(all).hasSize(30);
        erasureOf(dataset, all.getFirst(), "QUEUED");
        erasureOf(dataset, all.getLast(), "DONE");

        assertThat(rows.addedBefore(dataset, later, 0, 100)).isEqualTo(all.subList(1, 30));
        assertThat(rows.countAddedBefore(dataset, later)).isEqualTo(29);
    }

    private long versions(String name, int count) {
        Pool pool = new Pool(database.bean(RowIntake.class));
        for (int version = 0; version < count; version++) {
            pool.bring(name, IntakeMode.REPLACE, Pool.tickets("version " + version, 0, 30));
        }
        return database.bean(RowErasure.class).dataset(name);
    }

    private void erasureOf(long dataset, long row, String state) {
        String reason = "row " + row;
        jdbc().sql("""
                        insert into mlx_erasures (cause, reason, requested_by, requested_at, state, withdraw, retrain)
                        values ('RETENTION', ?, 'clean-up 1', ?, ?, false, false)""").params(reason, now(), state).update();
        jdbc().sql("""
                        insert into mlx_erasure_rows (erasure_id, row_id, dataset_id, split, first_version)
                        select max(id), ?, ?, 'train', 1 from mlx_erasures where reason = ?""").params(row, dataset, reason).update();
    }

    private List<Integer> inState(VersionState state) {
        return database.bean(Datasets.class).versions("taken-up", state, PageRequest.of(0, 10)).stream()
                .map(DatasetVersionView::version)
                .toList();
    }

    private JdbcClient jdbc() {
        return database.bean(MlxDatabase.class).jdbc();
    }

    private static OffsetDateTime now() {
        return Instant.now().atOffset(ZoneOffset.UTC);
    }
}
