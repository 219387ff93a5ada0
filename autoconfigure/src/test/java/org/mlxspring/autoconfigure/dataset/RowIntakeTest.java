package org.mlxspring.autoconfigure.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mlxspring.autoconfigure.host.OnDatabase;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.mlxspring.engine.data.Split;

@ParameterizedClass
@EnumSource
class RowIntakeTest {

    @Parameter
    private OnDatabase database;

    private DatasetVersion bring(String dataset, IntakeMode mode, List<NewRow> rows) {
        RowIntake intake = database.bean(RowIntake.class);
        Intake begun = intake.begin(dataset, intake.nextImport(), mode, Set.of(Split.VALID, Split.TEST), "tina");
        for (int from = 0; from < rows.size(); from += 10) {
            intake.add(begun, from, rows.subList(from, Math.min(rows.size(), from + 10)));
        }
        return database.bean(Datasets.class).settle(intake.finish(begun.importId()));
    }

    private Map<Split, List<String>> prompts(DatasetVersion version) {
        return TestRows.prompts(database.bean(DatasetRows.class), version);
    }

    private static List<String> sorted(Map<Split, List<String>> prompts) {
        return prompts.values().stream().flatMap(List::stream).sorted().toList();
    }

    @Test
    void aVersionStaysAsItIsWhileTheDatasetGrowsAndIsReplaced() {
        DatasetVersion one = bring("grows", IntakeMode.REPLACE, TestRows.rows("a", 0, 60));
        Map<Split, List<String>> before = prompts(one);
        DatasetVersion two = bring("grows", IntakeMode.APPEND, TestRows.rows("a", 50, 90));
        DatasetVersion three = bring("grows", IntakeMode.REPLACE, TestRows.rows("a", 80, 120));

        assertThat(prompts(one)).isEqualTo(before);
        assertThat(sorted(before)).hasSize(60);
        assertThat(sorted(prompts(two))).hasSize(90).doesNotHaveDuplicates();
        assertThat(sorted(prompts(three)))
                .containsExactlyInAnyOrderElementsOf(java.util.stream.IntStream.range(80, 120)
                        .mapToObj(i -> "a " + i)
                        .toList());
        assertThat(List.of(one.version(), two.version(), three.version())).containsExactly(1, 2, 3);
        assertThat(two.trainRows() + two.validRows() + two.testRows()).isEqualTo(90);
    }

    @Test
    void aRowStaysInItsSplit() {
        DatasetVersion one = bring("stays", IntakeMode.REPLACE, TestRows.rows("s", 0, 300));
        DatasetVersion two = bring("stays", IntakeMode.REPLACE, TestRows.rows("s", 100, 500));
        DatasetVersion three = bring("stays", IntakeMode.REPLACE, TestRows.rows("s", 0, 500));
        for (Split split : Split.values()) {
            List<String> last = prompts(three).get(split);
            assertThat(last)
                    .containsAll(prompts(one).get(split))
                    .containsAll(prompts(two).get(split));
        }
        assertThat(three.validRows()).isBetween(20, 85);
        assertThat(three.testRows()).isBetween(20, 85);
    }

    /** Each dataset draws with a key of its own. */
    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void noSplitOfAFewRowsIsEmptyHoweverTheyAreDrawn(int rows) {
        for (int i = 0; i < 40; i++) {
            DatasetVersion one = bring("drawn-" + rows + "-" + i, IntakeMode.REPLACE, TestRows.rows("d", 0, rows));
            assertThat(List.of(one.trainRows(), one.validRows(), one.testRows()))
                    .as("dataset %d", i)
                    .doesNotContain(0);
        }
    }

    @Test
    void aRowThatFilledAnEmptySplitStaysThere() {
        DatasetVersion one = bring("few", IntakeMode.REPLACE, TestRows.rows("f", 0, 3));
        assertThat(List.of(one.trainRows(), one.validRows(), one.testRows())).containsExactly(1, 1, 1);
        DatasetVersion two = bring("few", IntakeMode.APPEND, TestRows.rows("f", 0, 100));
        assertThat(prompts(two).get(Split.VALID)).containsAll(prompts(one).get(Split.VALID));
        assertThat(prompts(two).get(Split.TEST)).containsAll(prompts(one).get(Split.TEST));
    }

    @Test
    void anImportThatChangesNothingMakesNoVersion() {
        DatasetVersion one = bring("same", IntakeMode.REPLACE, TestRows.rows("x", 0, 50));
        assertThat(bring("same", IntakeMode.REPLACE, TestRows.rows("x", 0, 50).reversed()))
                .isEqualTo(one);
        assertThat(bring("same", IntakeMode.APPEND, TestRows.rows("x", 10, 20))).isEqualTo(one);
        DatasetVersion two = bring("same", IntakeMode.REPLACE, TestRows.rows("x", 0, 60));
        assertThat(two.hash()).isNotEqualTo(one.hash());
        assertThat(bring("same", IntakeMode.REPLACE, TestRows.rows("x", 0, 50))).isEqualTo(one);
        assertThat(bring("same", IntakeMode.REPLACE, TestRows.rows("x", 0, 60))).isEqualTo(two);
        assertThat(bring("same", IntakeMode.APPEND, TestRows.rows("x", 60, 61)).version())
                .isEqualTo(3);
    }

    @Test
    void anUploadKeepsDuplicatesByCountAndAnAdditionKeepsOne() {
        List<NewRow> twice = TestRows.all(TestRows.rows("d", 0, 30), TestRows.rows("d", 0, 5));
        DatasetVersion one = bring("doubles", IntakeMode.REPLACE, twice);
        assertThat(sorted(prompts(one))).hasSize(35);
        assertThat(bring("doubles", IntakeMode.REPLACE, twice)).isEqualTo(one);
        assertThat(bring("doubles", IntakeMode.APPEND, TestRows.rows("d", 0, 5)))
                .isEqualTo(one);
        DatasetVersion thrice = bring("doubles", IntakeMode.REPLACE, TestRows.all(twice, TestRows.rows("d", 0, 2)));
        assertThat(sorted(prompts(thrice))).hasSize(37);
        DatasetVersion once = bring("doubles", IntakeMode.REPLACE, TestRows.rows("d", 0, 30));
        assertThat(sorted(prompts(once))).hasSize(30).doesNotHaveDuplicates();
        List<NewRow> fresh = TestRows.all(TestRows.rows("e", 0, 8), TestRows.rows("e", 0, 8));
        assertThat(sorted(prompts(bring("doubles", IntakeMode.APPEND, fresh)))).hasSize(38);
    }

    @Test
    void aRowOfTheSameKeyTakesThePlaceOfTheOther() {
        List<NewRow> first = new ArrayList<>();
        List<NewRow> later = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            first.add(TestRows.keyed("k" + i, "old " + i));
            later.add(TestRows.keyed("k" + i, i % 2 == 0 ? "old " + i : "new " + i));
        }
        DatasetVersion one = bring("keyed", IntakeMode.APPEND, first);
        RowIntake intake = database.bean(RowIntake.class);
        Intake begun =
                intake.begin("keyed", intake.nextImport(), IntakeMode.APPEND, Set.of(Split.VALID, Split.TEST), "tina");
        assertThat(intake.add(begun, 0, later)).isEqualTo(new IntakeCounts(0, 50, 50));
        DatasetVersion two = intake.finish(begun.importId());
        assertThat(sorted(prompts(two))).hasSize(100);
        assertThat(sorted(prompts(one))).allMatch(prompt -> prompt.startsWith("old"));
        for (Split split : Split.values()) {
            assertThat(prompts(two).get(split).stream().map(prompt -> prompt.substring(4)))
                    .containsExactlyInAnyOrderElementsOf(prompts(one).get(split).stream()
                            .map(prompt -> prompt.substring(4))
                            .toList());
        }
    }

    @Test
    void rowsOfTwoKeysMayBeEqualAndOneKeyTwiceMeansTheLast() {
        DatasetVersion version = bring(
                "keys",
                IntakeMode.APPEND,
                TestRows.all(
                        TestRows.rows("k", 0, 20),
                        List.of(
                                TestRows.keyed("1", "alike"),
                                TestRows.keyed("2", "alike"),
                                TestRows.keyed("3", "first"),
                                TestRows.keyed("3", "last"),
                                TestRows.keyed("4", "k 4"))));
        assertThat(sorted(prompts(version))).hasSize(23).contains("last").doesNotContain("first");
    }

    @Test
    void aChunkThatIsGivenAgainIsNotDoubled() {
        RowIntake intake = database.bean(RowIntake.class);
        List<NewRow> rows = TestRows.all(TestRows.rows("r", 0, 20), TestRows.rows("r", 0, 20));
        long id = intake.nextImport();
        Intake begun = intake.begin("again", id, IntakeMode.REPLACE, Set.of(Split.VALID, Split.TEST), "tina");
        intake.add(begun, 0, rows.subList(0, 15));
        assertThat(intake.begin("again", id, IntakeMode.REPLACE, Set.of(Split.VALID, Split.TEST), "tina")
                        .taken())
                .isEqualTo(15);
        assertThat(intake.add(begun, 0, rows.subList(0, 15))).isEqualTo(new IntakeCounts(0, 0, 0));
        assertThat(intake.add(begun, 10, rows.subList(10, 40)).added()).isEqualTo(25);
        DatasetVersion version = intake.finish(begun.importId());
        assertThat(version.state()).isEqualTo(VersionState.BUILDING);
        assertThat(intake.finish(intake.begin("again", id, IntakeMode.REPLACE, Set.of(Split.VALID, Split.TEST), "tina")
                        .importId()))
                .isEqualTo(version);
        assertThat(sorted(prompts(version))).hasSize(40);
        assertThatThrownBy(() -> database.bean(Datasets.class).resolve("again", Optional.empty()))
                .hasMessageContaining("does not have any version that is ready");
    }

    @Test
    void anImportThatIsAbandonedLeavesNothing() {
        DatasetVersion one = bring("left", IntakeMode.REPLACE, TestRows.rows("l", 0, 30));
        RowIntake intake = database.bean(RowIntake.class);
        long id = intake.nextImport();
        Intake begun = intake.begin("left", id, IntakeMode.REPLACE, Set.of(Split.VALID, Split.TEST), "tina");
        intake.add(begun, 0, List.of(TestRows.row("other")));
        intake.abandon(begun.importId());
        assertThatThrownBy(() -> intake.begin("left", id, IntakeMode.REPLACE, Set.of(Split.VALID, Split.TEST), "tina"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("given up");
        assertThatThrownBy(() -> intake.add(begun, 1, List.of(TestRows.row("late"))))
                .hasMessageContaining("given up");
        assertThat(bring("left", IntakeMode.APPEND, TestRows.rows("l", 0, 3))).isEqualTo(one);
        assertThat(sorted(prompts(one))).hasSize(30);
    }

    @Test
    void splitsOfTheSourceAreKeptAndOthersNotDrawnIntoThem() {
        RowIntake intake = database.bean(RowIntake.class);
        Intake begun = intake.begin("given", intake.nextImport(), IntakeMode.REPLACE, Set.of(Split.TEST), "tina");
        intake.add(begun, 0, TestRows.rows("g", 0, 200));
        intake.add(begun, 200, List.of(TestRows.row("g 0", Split.VALID), TestRows.row("v", Split.VALID)));
        DatasetVersion version = intake.finish(begun.importId());
        assertThat(prompts(version).get(Split.VALID)).containsExactlyInAnyOrder("g 0", "v");
        assertThat(version.testRows()).isBetween(5, 40);
        assertThat(version.trainRows()).isEqualTo(200 - version.testRows());
    }

    @Test
    void rowsOfAnotherKindAreRefusedByTheirPosition() {
        bring("kinds", IntakeMode.REPLACE, TestRows.rows("k", 0, 10));
        NewRow preference = new NewRow(
                "{\"prompt\":\"secret\",\"chosen\":\"a\",\"rejected\":\"b\"}",
                RowKind.PREFERENCE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        assertThatThrownBy(() -> bring(
                        "kinds2", IntakeMode.REPLACE, TestRows.all(TestRows.rows("k", 0, 3), List.of(preference))))
                .hasMessageContaining("Row 4 of the import")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> bring("kinds", IntakeMode.APPEND, List.of(preference)))
                .hasMessageContaining("Row 1 of the import");
    }
}
