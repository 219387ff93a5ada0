package org.mlxspring.autoconfigure.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.encryption.Keyring;
import org.mlxspring.autoconfigure.host.OnDatabase;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.mlxspring.engine.data.Split;
import org.springframework.data.domain.PageRequest;
import org.springframework.jdbc.core.JdbcTemplate;

@ParameterizedClass
@EnumSource
class DatasetsTest {

    @Parameter
    private OnDatabase database;

    private JdbcTemplate jdbc() {
        return new JdbcTemplate(database.bean(MlxDatabase.class).dataSource());
    }

    private DatasetVersion bring(String dataset, IntakeMode mode, List<NewRow> rows) {
        RowIntake intake = database.bean(RowIntake.class);
        Intake begun = intake.begin(dataset, intake.nextImport(), mode, Set.of(Split.VALID, Split.TEST), "tina");
        intake.add(begun, 0, rows);
        return database.bean(Datasets.class).settle(intake.finish(begun.importId()));
    }

    private Set<String> ids(String dataset, int from, int to, RowChange change) {
        Datasets datasets = database.bean(Datasets.class);
        List<String> prompts = new ArrayList<>();
        RowIdsView page = datasets.difference(dataset, from, to, change, 0, 3);
        while (true) {
            for (long id : page.content()) {
                RowView row = database.bean(DatasetRows.class).view(dataset, id).orElseThrow();
                prompts.add(String.valueOf(row.row().get("prompt")));
            }
            if (page.next() == null) {
                assertThat(prompts).doesNotHaveDuplicates();
                return Set.copyOf(prompts);
            }
            page = datasets.difference(dataset, from, to, change, page.next(), 3);
        }
    }

    @Test
    void twoVersionsAreComparedByRows() {
        // So many that no split is ever empty, for which a row would have to move.
        List<NewRow> keyed = IntStream.range(0, 150)
                .mapToObj(i -> TestRows.keyed("k" + i, "k " + i))
                .toList();
        bring("compared", IntakeMode.REPLACE, TestRows.all(keyed, TestRows.rows("a", 0, 10)));
        bring("compared", IntakeMode.REPLACE, TestRows.rows("b", 0, 10));
        List<NewRow> changed = new ArrayList<>(keyed.subList(2, 150));
        changed.set(0, TestRows.keyed("k2", "other 2"));
        bring("compared", IntakeMode.REPLACE, TestRows.all(changed, TestRows.rows("a", 5, 15)));

        assertThat(database.bean(Datasets.class).difference("compared", 1, 3))
                .isEqualTo(new VersionDifference(1, 3, 5, 7, 1));
        assertThat(ids("compared", 1, 3, RowChange.ADDED))
                .containsExactlyInAnyOrder("a 10", "a 11", "a 12", "a 13", "a 14");
        assertThat(ids("compared", 1, 3, RowChange.REMOVED))
                .containsExactlyInAnyOrder("k 0", "k 1", "a 0", "a 1", "a 2", "a 3", "a 4");
        assertThat(ids("compared", 1, 3, RowChange.CHANGED)).containsExactly("other 2");
        assertThat(ids("compared", 3, 1, RowChange.CHANGED)).containsExactly("k 2");
        assertThat(database.bean(Datasets.class).difference("compared", 3, 3))
                .isEqualTo(new VersionDifference(3, 3, 0, 0, 0));
    }

    @Test
    void labelsAreKeptAndToldInTheAuditLog() {
        bring("labelled", IntakeMode.REPLACE, TestRows.rows("l", 0, 20));
        bring("labelled", IntakeMode.APPEND, TestRows.rows("l", 20, 30));
        VersionLabels labels = database.bean(VersionLabels.class);
        Datasets datasets = database.bean(Datasets.class);
        labels.describe("labelled", "Tickets of the desk", "ada");
        labels.note("labelled", 1, "before the move", "ada");
        labels.tag("labelled", "gold", 1, "ada");
        labels.tag("labelled", "gold", 2, "ada");
        labels.tag("labelled", "old", 1, "ada");

        assertThat(datasets.get("labelled").description()).isEqualTo("Tickets of the desk");
        assertThat(datasets.get("labelled").latestVersion()).isEqualTo(2);
        assertThat(datasets.version("labelled", 1).note()).isEqualTo("before the move");
        assertThat(datasets.versions("labelled", null, PageRequest.of(0, 5)))
                .extracting(DatasetVersionView::tags)
                .containsExactlyInAnyOrder(List.of("old"), List.of("gold"));
        labels.removeTag("labelled", "old", "ada");
        assertThat(labels.tags("labelled")).extracting(TagView::tag).containsExactly("gold");
        assertThatThrownBy(() -> labels.removeTag("labelled", "old", "ada"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("[gold]");
        assertThatThrownBy(() -> labels.tag("labelled", "gold", 9, "ada")).hasMessageContaining("version 9");
        assertThat(jdbc().queryForList(
                                "select action from mlx_audit where dataset = 'labelled' and actor = 'ada'",
                                String.class))
                .hasSize(6)
                .contains("DATASET_CHANGED", "VERSION_CHANGED");
    }

    @Test
    void whoeverReadsRowsIsInTheAuditLogAndTheirTextIsNot() {
        bring("read", IntakeMode.REPLACE, TestRows.rows("sandpiper", 0, 30));
        RowReading reading = database.bean(RowReading.class);
        RowsView first = reading.page("read", Optional.empty(), EnumSet.allOf(Split.class), 0, 20, "rita");
        RowsView second = reading.page(
                "read", Optional.of(1), EnumSet.allOf(Split.class), Objects.requireNonNull(first.next()), 20, "rita");
        assertThat(first.content()).hasSize(20);
        assertThat(second.content()).hasSize(10);
        assertThat(second.next()).isNull();
        long id = first.content().getFirst().id();
        assertThat(reading.row("read", id, "rita").row()).containsEntry("prompt", "sandpiper 0");
        assertThat(jdbc().queryForList(
                                "select row_count from mlx_audit where dataset = 'read' and actor = 'rita' and action = 'ROWS_READ'"
                                        + " order by id",
                                Integer.class))
                .containsExactly(20, 10, 1);
        assertThatThrownBy(() -> reading.row("read", Long.MAX_VALUE, "rita")).hasMessageContaining("has no row");
        assertThat(Canary.found(jdbc(), "sandpiper")).isEmpty();
    }

    @Test
    void rowsAreReadableAfterTheirKeyWasReplacedAndTheFormerOneIsGone() {
        List<NewRow> rows = new ArrayList<>(TestRows.rows("r", 0, 1200));
        NewRow one = rows.getFirst();
        rows.set(
                0,
                new NewRow(
                        one.json(),
                        one.kind(),
                        one.split(),
                        one.key(),
                        one.subject(),
                        Optional.of("{\"prompt\":\"raw\"}")));
        DatasetVersion version = bring("rotated", IntakeMode.REPLACE, rows);
        var before = TestRows.prompts(database.bean(DatasetRows.class), version);
        String numbers =
                "select number from mlx_dataset_keys where dataset_id = " + version.datasetId() + " order by 1";
        assertThat(jdbc().queryForList(numbers, Integer.class)).containsExactly(0, 1);

        assertThat(database.bean(DatasetKeyRotation.class).rotate("rotated", "ada"))
                .isEqualTo(1200);

        assertThat(jdbc().queryForList(numbers, Integer.class)).containsExactly(0, 2);
        assertThat(TestRows.prompts(database.bean(DatasetRows.class), version)).isEqualTo(before);
        long first = jdbc().queryForObject(
                        "select min(id) from mlx_rows where original is not null and dataset_id = ?",
                        Long.class,
                        version.datasetId());
        assertThat(database.bean(RowReading.class).row("rotated", first, "ada").original())
                .containsEntry("prompt", "raw");
        assertThat(bring("rotated", IntakeMode.REPLACE, rows)).isEqualTo(version);
        assertThat(database.bean(Keyring.class).rotateMaster()).isZero();
    }

    @Test
    void importsOfOneDatasetTakeTurns() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<DatasetVersion>> imports = IntStream.range(0, 16)
                    .<Callable<DatasetVersion>>mapToObj(
                            i -> () -> bring("crowded", IntakeMode.APPEND, TestRows.rows("c", i * 20, i * 20 + 25)))
                    .toList();
            for (Future<DatasetVersion> done : threads.invokeAll(imports)) {
                assertThat(done.get().state()).isEqualTo(VersionState.READY);
            }
        }
        Datasets datasets = database.bean(Datasets.class);
        DatasetVersion last = datasets.resolve("crowded", Optional.empty());
        List<String> prompts = TestRows.prompts(database.bean(DatasetRows.class), last).values().stream()
                .flatMap(List::stream)
                .toList();
        assertThat(prompts).hasSize(325).doesNotHaveDuplicates();
        assertThat(datasets.versions("crowded", null, PageRequest.of(0, 50)))
                .extracting(DatasetVersionView::version)
                .doesNotHaveDuplicates();
    }
}
