package org.mlxspring.autoconfigure.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.mlxspring.autoconfigure.dataset.DatasetRows;
import org.mlxspring.autoconfigure.dataset.DatasetVersion;
import org.mlxspring.autoconfigure.dataset.RowIntake;
import org.mlxspring.autoconfigure.host.Host;
import org.mlxspring.engine.data.LossMask;
import org.mlxspring.engine.data.Split;
import org.mlxspring.engine.train.TrainMode;

/** Token stores of versions, on the database of the subclass. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PreparedTokensTest {

    private static final Path MODEL = Path.of("..", "engine", "src", "test", "resources", "fixtures", "llama", "model");

    private Host host;
    private PreparedTokens tokens;
    private DatasetRows rows;
    private DatasetVersion version;

    /** Where the database is: properties of the host. */
    abstract String[] database();

    @BeforeAll
    void start(@TempDir Path folder) {
        host = Host.start(List.of(Host.Pretending.class), folder.resolve("home"), database());
        tokens = host.context().getBean(PreparedTokens.class);
        rows = host.context().getBean(DatasetRows.class);
        version = MadeUpRows.put(host.context().getBean(RowIntake.class), "desk", 3000);
    }

    @AfterAll
    void stop() {
        host.close();
    }

    private Preparation asked(LossMask mask, int length) {
        return asked(version, mask, length);
    }

    private static Preparation asked(DatasetVersion version, LossMask mask, int length) {
        return new Preparation(version, MODEL, mask, TrainMode.SFT, length, new Reader("tina", "run-1"));
    }

    private PreparedStore prepare(LossMask mask, int length) {
        return tokens.prepare(asked(mask, length), () -> false);
    }

    private static Map<Path, FileTime> files(PreparedStore store) throws Exception {
        Map<Path, FileTime> files = new HashMap<>();
        try (Stream<Path> all = Files.walk(store.folder())) {
            for (Path file :
                    all.filter(each -> each.toString().endsWith(".tokens")).toList()) {
                files.put(file, Files.getLastModifiedTime(file));
            }
        }
        return files;
    }

    @Test
    void everyRowIsThereOnceAndASecondRunFindsIt() throws Exception {
        PreparedStore store = prepare(LossMask.PROMPT, 512);

        assertThat(StoredIds.inStore(tokens.data(store))).isEqualTo(StoredIds.inDatabase(rows, version.id()));
        assertThat(store.counts().examples()).isEqualTo(3000);
        assertThat(store.counts().tokens()).isPositive();
        assertThat(store.counts().cut()).isZero();
        Map<Path, FileTime> before = files(store);
        PreparedStore again = prepare(LossMask.PROMPT, 512);
        assertThat(again.id()).isEqualTo(store.id());
        assertThat(again.lastUsed()).isAfterOrEqualTo(store.lastUsed());
        assertThat(files(store)).isEqualTo(before);
        assertThat(tokens.of(version.id())).extracting(PreparedStore::id).contains(store.id());
    }

    @Test
    void anotherLengthOrMaskIsAnotherStoreAndCutRowsAreCounted() {
        PreparedStore whole = prepare(LossMask.PROMPT, 511);
        PreparedStore cut = prepare(LossMask.PROMPT, 16);
        PreparedStore row = prepare(LossMask.ROW, 16);

        assertThat(List.of(whole.id(), cut.id(), row.id())).doesNotHaveDuplicates();
        assertThat(cut.counts().cut()).isEqualTo(3000);
        assertThat(cut.counts().withoutTargets()).isEqualTo(3000);
        assertThat(row.counts().withoutTargets()).isZero();
    }

    @Test
    void stoppedAtAnyPageItGoesOn() {
        Preparation asked = asked(LossMask.PROMPT, 510);
        int attempts = 0;
        PreparedStore store = null;
        while (store == null) {
            AtomicInteger pages = new AtomicInteger(3 + 4 * attempts++);
            BooleanSupplier soon = () -> pages.decrementAndGet() < 0;
            try {
                store = tokens.prepare(asked, soon);
            } catch (PreparationStoppedException e) {
                assertThat(tokens.of(version.id()))
                        .anyMatch(each -> each.madeAt().isEmpty());
            }
        }
        assertThat(attempts).isGreaterThan(1);
        assertThat(StoredIds.inStore(tokens.data(store))).isEqualTo(StoredIds.inDatabase(rows, version.id()));
    }

    @Test
    void twoAtOnceGetTheSameStore() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<PreparedStore>> asked = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                asked.add(threads.submit(() -> prepare(LossMask.PROMPT, 509)));
            }
            Set<Long> ids = new HashSet<>();
            for (Future<PreparedStore> each : asked) {
                ids.add(each.get().id());
            }
            assertThat(ids).hasSize(1);
        }
    }

    @Test
    void erasedRowsLeaveEveryStore() throws Exception {
        PreparedStore store = prepare(LossMask.PROMPT, 508);
        Set<Long> erased = Set.copyOf(
                StoredIds.inStore(tokens.data(store)).get(Split.TRAIN).subList(10, 20));
        Map<Path, FileTime> before = files(store);

        assertThat(tokens.without(version.id(), erased)).isGreaterThanOrEqualTo(10);

        assertThat(StoredIds.inStore(tokens.data(store)).get(Split.TRAIN)).doesNotContainAnyElementsOf(erased);
        assertThat(files(store).keySet()).isEqualTo(before.keySet());
        assertThat(tokens.without(version.id(), erased)).isZero();
    }

    @Test
    void aDeletedStoreIsMadeAgain() {
        PreparedStore store = prepare(LossMask.PROMPT, 507);
        tokens.delete(store);
        assertThat(store.folder()).doesNotExist();
        assertThat(tokens.of(version.id())).extracting(PreparedStore::id).doesNotContain(store.id());

        PreparedStore again = prepare(LossMask.PROMPT, 507);
        assertThat(again.id()).isNotEqualTo(store.id());
        assertThat(StoredIds.inStore(tokens.data(again))).isEqualTo(StoredIds.inDatabase(rows, version.id()));
    }

    @Test
    void aLostFileIsMadeAgain() throws Exception {
        PreparedStore store = prepare(LossMask.PROMPT, 506);
        Files.delete(store.folder().resolve("valid").resolve("00000000.tokens"));

        PreparedStore again = prepare(LossMask.PROMPT, 506);

        assertThat(again.id()).isNotEqualTo(store.id());
        assertThat(again.counts()).isEqualTo(store.counts());
        assertThat(StoredIds.inStore(tokens.data(again))).isEqualTo(StoredIds.inDatabase(rows, version.id()));
    }

    @Test
    void aRowThatCannotBeTokenizedIsNamed() {
        DatasetVersion pairs = MadeUpRows.put(host.context().getBean(RowIntake.class), "pairs", 20);
        Preparation wrong =
                new Preparation(pairs, MODEL, LossMask.PROMPT, TrainMode.DPO, 64, new Reader("tina", "run-2"));
        assertThatThrownBy(() -> tokens.prepare(wrong, () -> false))
                .isInstanceOf(PreparationFailedException.class)
                .hasMessageMatching("(?s)Row \\d+ of dataset 'pairs' version 1 .*")
                .hasMessageNotContaining("printer");
    }
}
