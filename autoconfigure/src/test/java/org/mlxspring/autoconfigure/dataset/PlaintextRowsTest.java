package org.mlxspring.autoconfigure.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.mlxspring.autoconfigure.encryption.KeyProvider;
import org.mlxspring.autoconfigure.host.OnDatabase;
import org.mlxspring.engine.data.Split;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** A database of an earlier release, with its rows in the clear and a run on them. */
@ParameterizedClass
@EnumSource
class PlaintextRowsTest {

    @Parameter
    private OnDatabase database;

    @TempDir
    private Path home;

    /** A vault that stops answering after some calls, in the middle of the first start. */
    @Configuration(proxyBeanMethods = false)
    static class FailingVault {
        static final AtomicInteger CALLS = new AtomicInteger();

        @Bean
        KeyProvider keys() {
            return new KeyProvider() {
                @Override
                public String currentId() {
                    return "vault";
                }

                @Override
                public byte[] key(String id) {
                    if (CALLS.decrementAndGet() < 0) {
                        throw new IllegalArgumentException("The vault does not answer.");
                    }
                    return new byte[32];
                }
            };
        }
    }

    @Test
    void rowsInTheClearAreSealedAtStartAndAStartThatFailedIsGoneOnWith() {
        String url = database.emptyUrl("plaintext");
        old(url);
        FailingVault.CALLS.set(9);
        assertThatThrownBy(() ->
                        database.another(List.of(FailingVault.class), home, url).close())
                .hasStackTraceContaining("The vault does not answer.");
        JdbcTemplate jdbc = new JdbcTemplate(database.dataSource(url));
        assertThat(jdbc.queryForObject("select count(*) from mlx_rows", Integer.class))
                .isBetween(1, 999);

        FailingVault.CALLS.set(Integer.MAX_VALUE);
        try (ConfigurableApplicationContext application = database.another(List.of(FailingVault.class), home, url)) {
            Datasets datasets = application.getBean(Datasets.class);
            DatasetRows rows = application.getBean(DatasetRows.class);
            DatasetVersion one = datasets.resolve("old", Optional.of(1));
            DatasetVersion two = datasets.resolve("old", Optional.of(2));
            assertThat(List.of(one.trainRows(), one.validRows(), one.testRows()))
                    .containsExactly(500, 2, 1);
            assertThat(two.kind()).contains(RowKind.ANSWER);
            assertThat(TestRows.prompts(rows, one).get(Split.TRAIN)).hasSize(500);
            assertThat(TestRows.prompts(rows, two).get(Split.TRAIN))
                    .hasSize(450)
                    .contains("plain train 499")
                    .doesNotContain("plain train 49");
            assertThat(datasets.difference("old", 1, 2)).isEqualTo(new VersionDifference(1, 2, 0, 50, 0));
            assertThat(rows.page(one.id(), Split.VALID, 0, 10).stream().map(StoredRow::json))
                    .containsExactly(
                            "{\"prompt\":\"plain valid 0\",\"completion\":\"c\"}",
                            "{\"prompt\":\"plain valid 1\",\"completion\":\"c\"}");
        }
        assertThat(
                        jdbc.queryForList(
                                "select table_name from information_schema.tables where lower(table_name) = 'mlx_dataset_rows'"))
                .isEmpty();
        assertThat(Canary.found(jdbc, "plain train")).isEmpty();
        assertThat(jdbc.queryForObject("select count(*) from mlx_runs", Integer.class))
                .isOne();
        database.another(List.of(FailingVault.class), home, url).close();
    }

    private void old(String url) {
        Flyway.configure()
                .dataSource(database.dataSource(url))
                .locations("classpath:org/mlxspring/schema/" + database.name().toLowerCase(Locale.ROOT))
                .table("mlx_schema_history")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .target("2")
                .load()
                .migrate();
        JdbcTemplate jdbc = new JdbcTemplate(database.dataSource(url));
        jdbc.update("insert into mlx_datasets (name, created_at) values ('old', current_timestamp)");
        for (int version = 1; version <= 2; version++) {
            jdbc.update(
                    "insert into mlx_dataset_versions (dataset_id, version, hash, train_rows, valid_rows, test_rows,"
                            + " created_at, created_by) values (1, ?, ?, ?, 2, 1, current_timestamp, 'tina')",
                    version,
                    "hash" + version,
                    version == 1 ? 500 : 450);
            rows(jdbc, version, "train", version == 1 ? 0 : 50, 500);
            rows(jdbc, version, "valid", 0, 2);
            rows(jdbc, version, "test", 0, 1);
        }
        jdbc.update("insert into mlx_runs (id, job, model, model_path, dataset, dataset_version, dataset_version_id,"
                + " adapter_run, state, settings, iteration, iterations, created_at, started_by, scores, attempt, trained,"
                + " stop_requested) values ('r1', 'PIPELINE', 'small', '/m', 'old', 1, 1, 'r1', 'SUCCEEDED', '{}', 1, 1,"
                + " current_timestamp, 'tina', '[]', 1, true, false)");
    }

    private static void rows(JdbcTemplate jdbc, long version, String split, int from, int to) {
        List<Object[]> batch = new ArrayList<>();
        for (int i = from; i < to; i++) {
            String row = "{\"prompt\": \"plain " + split + " " + i + "\", \"completion\": \"c\"}";
            batch.add(new Object[] {version, split, i - from, row});
        }
        jdbc.batchUpdate(
                "insert into mlx_dataset_rows (version_id, split, row_index, content) values (?, ?, ?, ?)", batch);
    }
}
