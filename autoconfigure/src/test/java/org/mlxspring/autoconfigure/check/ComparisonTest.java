package org.mlxspring.autoconfigure.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlxspring.autoconfigure.dataset.RowJson;
import org.mlxspring.autoconfigure.dataset.RowKind;
import org.mlxspring.autoconfigure.dataset.StoredRow;
import org.mlxspring.engine.data.Split;

/** What is found by comparing the rows of a version with each other. */
class ComparisonTest {

    @TempDir
    private static Path folder;

    private final List<StoredRow> rows = new ArrayList<>();

    @Test
    void duplicatesNameTheFirstRow() {
        long first = train("one and the same question", "an answer");
        train("another question altogether", "another answer");
        long second = train("one and the same question", "an answer");
        long third = train("one and the same question", "an answer");
        assertThat(found(CheckName.DUPLICATE))
                .containsExactlyInAnyOrder(
                        CheckFinding.of(CheckName.DUPLICATE, second, first, "twice in train"),
                        CheckFinding.of(CheckName.DUPLICATE, third, first, "twice in train"));
        assertThat(found(CheckName.NEAR_DUPLICATE)).isEmpty();
    }

    @Test
    void rowsInTrainAndHeldOutAreFound() {
        long train = train("one and the same question", "an answer");
        long valid = row(Split.VALID, "one and the same question", "an answer");
        long test = row(Split.TEST, "one and the same question", "an answer");
        assertThat(found(CheckName.IN_TRAIN_AND_HELD_OUT))
                .containsExactlyInAnyOrder(
                        CheckFinding.of(
                                CheckName.IN_TRAIN_AND_HELD_OUT, valid, train, "valid row that stands in train"),
                        CheckFinding.of(CheckName.IN_TRAIN_AND_HELD_OUT, test, train, "test row that stands in train"));
        assertThat(found(CheckName.DUPLICATE)).isEmpty();
        assertThat(found(CheckName.NEAR_IN_TRAIN_AND_HELD_OUT)).isEmpty();
    }

    @Test
    void nearDuplicatesAreFoundAndNoOthers() {
        RandomGenerator random = new Random(11);
        Map<Long, Double> near = new HashMap<>();
        for (int i = 0; i < 1500; i++) {
            String question = MinHashTest.text(random, 250);
            train(question, "fixed");
            String changed = MinHashTest.changed(random, question, 1 + i % 6);
            long id = row(i % 2 == 0 ? Split.TRAIN : Split.TEST, changed, "fixed");
            near.put(id, MinHashTest.similarity(question + " fixed", changed + " fixed"));
        }
        List<CheckFinding> found = new ArrayList<>(found(CheckName.NEAR_DUPLICATE));
        found.addAll(found(CheckName.NEAR_IN_TRAIN_AND_HELD_OUT));
        List<Long> ids = found.stream().map(CheckFinding::row).toList();
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(found).allSatisfy(each -> {
            assertThat(each.similarity()).isGreaterThanOrEqualTo(0.9);
            assertThat(near.get(each.row())).isGreaterThan(0.75);
            assertThat(each.otherRow()).isLessThan(each.row());
        });
        long wanted = near.values().stream().filter(each -> each >= 0.94).count();
        long recalled = near.entrySet().stream()
                .filter(each -> each.getValue() >= 0.94 && ids.contains(each.getKey()))
                .count();
        assertThat(wanted).isGreaterThan(250);
        assertThat((double) recalled / wanted).isGreaterThan(0.95);
    }

    @Test
    void manyAlikeRowsAreFoundInTimeThatGrowsWithTheirNumber() {
        String question = MinHashTest.text(new Random(3), 200);
        for (int i = 0; i < 5_000; i++) {
            train(question, "n" + i);
        }
        assertThat(examined().findings().count(CheckName.NEAR_DUPLICATE)).isGreaterThan(4_900);
    }

    @Test
    void otherAnswersToTheSamePromptAreFound() {
        long first = train("question", "yes");
        train("question", "yes");
        long other = row(Split.TEST, "question", "no");
        train("different", "no");
        assertThat(found(CheckName.LABEL_NOISE))
                .containsExactly(CheckFinding.of(
                        CheckName.LABEL_NOISE, other, first, "same prompt, different answer; test and train"));
    }

    @Test
    void aPreferenceToldTheOtherWayRoundIsFound() {
        long first = add(Split.TRAIN, Map.of("prompt", "p", "chosen", "a", "rejected", "b"));
        add(Split.TRAIN, Map.of("prompt", "p", "chosen", "a", "rejected", "c"));
        long turned = add(Split.TRAIN, Map.of("prompt", "p", "chosen", "b", "rejected", "a"));
        assertThat(found(CheckName.LABEL_NOISE))
                .containsExactly(CheckFinding.of(
                        CheckName.LABEL_NOISE, turned, first, "same prompt, different answer; train and train"));
    }

    @Test
    void tooFewRowsAreFoundInEachSplit() {
        train("question", "answer");
        assertThat(found(CheckName.TOO_FEW_ROWS))
                .extracting(CheckFinding::detail)
                .containsExactly(
                        "train has 1 rows; at least 100 are wanted",
                        "valid has 0 rows; at least 10 are wanted",
                        "test has 0 rows; at least 10 are wanted");
    }

    @Test
    void findingsBeyondTheLimitAreCounted() {
        Findings findings = new Findings(EnumSet.of(CheckName.DUPLICATE), 2);
        for (int i = 0; i < 5; i++) {
            findings.accept(CheckFinding.of(CheckName.LABEL_NOISE, i, i, ""));
            findings.accept(CheckFinding.of(CheckName.DUPLICATE, i, i, ""));
        }
        assertThat(findings.count(CheckName.LABEL_NOISE)).isEqualTo(5);
        assertThat(findings.all()).hasSize(2);
        assertThat(findings.count(CheckName.DUPLICATE)).isZero();
    }

    @Test
    void lengthsAndScriptsAreCounted() {
        train("aaaa", "бб");
        train("a".repeat(30), "漢字かな");
        train("?", "12");
        try (VersionExamination examination = examined()) {
            LengthHistogram lengths = examination.lengths(LengthUnit.CHARACTERS);
            assertThat(lengths.shortest()).isEqualTo(4);
            assertThat(lengths.median()).isEqualTo(7);
            assertThat(lengths.longest()).isEqualTo(35);
            assertThat(lengths.buckets())
                    .containsExactly(
                            new LengthHistogram.Bucket(0, 16, 2),
                            new LengthHistogram.Bucket(16, 24, 0),
                            new LengthHistogram.Bucket(24, 32, 0),
                            new LengthHistogram.Bucket(32, 48, 1));
            assertThat(examination.scripts().shares())
                    .extracting(ScriptShare::script, ScriptShare::letters)
                    .containsExactlyInAnyOrder(
                            tuple("LATIN", 34L), tuple("CYRILLIC", 2L), tuple("HAN", 2L), tuple("HIRAGANA", 2L));
        }
    }

    @Test
    void theFileOfSignaturesHasNoName() throws Exception {
        Path empty = Files.createDirectory(folder.resolve("signatures"));
        try (SignatureFile signatures = new SignatureFile(empty);
                var files = Files.list(empty)) {
            signatures.add(Optional.of(new short[MinHash.SIZE]));
            assertThat(files).isEmpty();
        }
    }

    private long train(String prompt, String completion) {
        return row(Split.TRAIN, prompt, completion);
    }

    private long row(Split split, String prompt, String completion) {
        return add(split, Map.of("prompt", prompt, "completion", completion));
    }

    private long add(Split split, Map<String, ?> row) {
        long id = rows.size() + 1L;
        rows.add(new StoredRow(id, split, RowKind.ANSWER, RowJson.write(new TreeMap<>(row))));
        return id;
    }

    private List<CheckFinding> found(CheckName check) {
        try (VersionExamination examination = examined()) {
            return examination.findings().all().stream()
                    .filter(finding -> finding.check() == check)
                    .toList();
        }
    }

    private VersionExamination examined() {
        CheckProperties properties = new CheckProperties(
                EnumSet.noneOf(CheckName.class), EnumSet.noneOf(CheckName.class), null, 2048, 0.9, 100, 10, 10, 10_000);
        VersionExamination examination = new VersionExamination(properties, folder);
        RowExamination ofRows = new RowExamination(
                List.of(),
                RowMeasure.inCharacters(),
                Optional.of(new MinHash(new byte[32])),
                new SipHash(new byte[16], 0));
        for (Split split : Split.values()) {
            examination.add(
                    ofRows.of(rows.stream().filter(row -> row.split() == split).toList()));
        }
        examination.compare();
        return examination;
    }
}
