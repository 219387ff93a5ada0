package org.mlxspring.autoconfigure.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.host.OnDatabase;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.mlxspring.engine.data.Split;
import org.springframework.context.ConfigurableApplicationContext;

/** A dataset gets a new key while others bring rows in or read them. */
@ParameterizedClass
@EnumSource
class KeyRotationTest {

    private static final Set<Split> DRAWN = EnumSet.of(Split.VALID, Split.TEST);

    @Parameter
    private OnDatabase database;

    @Test
    void itWaitsForTheImportThatIsUnderWay() throws Exception {
        RowIntake intake = database.bean(RowIntake.class);
        Intake under = intake.begin("waiting-import", intake.nextImport(), IntakeMode.REPLACE, DRAWN, "tina");
        intake.add(under, 0, TestRows.rows("w", 0, 30));
        CompletableFuture<Long> rotation = CompletableFuture.supplyAsync(
                () -> database.bean(DatasetKeyRotation.class).rotate("waiting-import", "ada"));
        Thread.sleep(500);
        assertThat(rotation).isNotDone();
        intake.add(under, 30, TestRows.rows("w", 30, 60));
        DatasetVersion version = database.bean(Datasets.class).settle(intake.finish(under.importId()));

        assertThat(rotation.get(30, TimeUnit.SECONDS)).isEqualTo(60);
        assertThat(keyNumbers(version)).containsExactly(2);
        assertThat(prompts(version)).isEqualTo(60);
        Intake after = intake.begin("waiting-import", intake.nextImport(), IntakeMode.APPEND, DRAWN, "tina");
        intake.add(after, 0, TestRows.rows("w", 60, 70));
        assertThat(prompts(database.bean(Datasets.class).settle(intake.finish(after.importId()))))
                .isEqualTo(70);
    }

    @Test
    void itIsRefusedWithTheNameOfAnImportThatTakesTooLong(@TempDir Path home) {
        String url = database.emptyUrl("busy");
        try (ConfigurableApplicationContext application =
                database.another(List.of(), home, url, "mlx.datasets.import-wait=300ms")) {
            RowIntake intake = application.getBean(RowIntake.class);
            Intake under = intake.begin("busy", intake.nextImport(), IntakeMode.REPLACE, DRAWN, "tina");
            assertThatThrownBy(
                            () -> application.getBean(DatasetKeyRotation.class).rotate("busy", "ada"))
                    .isInstanceOfSatisfying(ProblemException.class, problem -> {
                        assertThat(problem.kind()).isEqualTo(ProblemException.Kind.CONFLICT);
                        assertThat(problem.fields()).containsEntry("import", under.importId());
                        assertThat(problem).hasMessageContaining("by tina");
                    });
        }
    }

    @Test
    void whoReadsMeanwhileReadsOn() throws Exception {
        RowIntake intake = database.bean(RowIntake.class);
        Intake begun = intake.begin("read-on", intake.nextImport(), IntakeMode.REPLACE, DRAWN, "tina");
        intake.add(begun, 0, TestRows.rows("r", 0, 200));
        DatasetVersion version = database.bean(Datasets.class).settle(intake.finish(begun.importId()));
        try (ExecutorService reader = Executors.newSingleThreadExecutor()) {
            CompletableFuture<Boolean> rotated = new CompletableFuture<>();
            Future<Integer> reads = reader.submit(() -> {
                int count = 0;
                while (!rotated.isDone()) {
                    assertThat(prompts(version)).isEqualTo(200);
                    assertThat(database.bean(RowReading.class)
                                    .page("read-on", Optional.empty(), Set.of(Split.TRAIN), 0, 20, "rita")
                                    .content())
                            .hasSize(20);
                    count++;
                }
                return count;
            });
            try {
                for (int i = 0; i < 15; i++) {
                    assertThat(database.bean(DatasetKeyRotation.class).rotate("read-on", "ada"))
                            .isEqualTo(200);
                }
            } finally {
                rotated.complete(true);
            }
            assertThat(reads.get(30, TimeUnit.SECONDS)).isPositive();
        }
    }

    private int prompts(DatasetVersion version) {
        return TestRows.prompts(database.bean(DatasetRows.class), version).values().stream()
                .mapToInt(List::size)
                .sum();
    }

    private List<Integer> keyNumbers(DatasetVersion version) {
        return database.bean(MlxDatabase.class)
                .jdbc()
                .sql("select distinct key_number from mlx_rows where dataset_id = ?")
                .param(version.datasetId())
                .query(Integer.class)
                .list();
    }
}
