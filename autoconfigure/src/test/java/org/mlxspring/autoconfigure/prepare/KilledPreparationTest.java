package org.mlxspring.autoconfigure.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlxspring.autoconfigure.dataset.DatasetRows;
import org.mlxspring.autoconfigure.dataset.DatasetVersion;
import org.mlxspring.autoconfigure.dataset.RowIntake;
import org.mlxspring.autoconfigure.host.Host;
import org.mlxspring.engine.data.Split;
import org.mlxspring.engine.data.TokenizedRows;

/** An application that is killed in the middle of a preparation, twice: the store has every row once all the same. */
class KilledPreparationTest {

    private static final int ROWS = 20_000;
    private static final Path MODEL = Path.of("..", "engine", "src", "test", "resources", "fixtures", "llama", "model");

    @TempDir
    private Path folder;

    @Test
    void aKilledPreparationGoesOnWhereItWas() throws Exception {
        try (Host host = Host.start(
                List.of(Host.Pretending.class), folder.resolve("home"), database(), "mlx.runs.concurrency=0")) {
            DatasetVersion version = MadeUpRows.put(host.context().getBean(RowIntake.class), "desk", ROWS);
            PreparedTokens tokens = host.context().getBean(PreparedTokens.class);

            prepareAndDie(1);
            int first = segments();
            prepareAndDie(first + 1);
            assertThat(tokens.of(version.id())).allMatch(store -> store.madeAt().isEmpty());

            PreparedStore done = tokens.prepare(PrepareChild.asked(version, MODEL), () -> false);
            assertThat(done.counts().examples()).isEqualTo(ROWS);
            assertThat(StoredIds.inStore(tokens.data(done)))
                    .isEqualTo(StoredIds.inDatabase(host.context().getBean(DatasetRows.class), version.id()));

            List<List<Integer>> disturbed = content(tokens, done);
            tokens.delete(done);
            PreparedStore undisturbed = tokens.prepare(PrepareChild.asked(version, MODEL), () -> false);
            assertThat(content(tokens, undisturbed)).isEqualTo(disturbed);
        }
    }

    /** The tokens and targets of all rows, as hashes. */
    private static List<List<Integer>> content(PreparedTokens tokens, PreparedStore store) {
        return Stream.of(Split.values())
                .map(split -> {
                    TokenizedRows rows = StoredIds.rows(tokens.data(store), split);
                    return IntStream.range(0, rows.size())
                            .mapToObj(row ->
                                    31 * Arrays.hashCode(rows.get(row).tokens()) + Arrays.hashCode(rows.targets(row)))
                            .toList();
                })
                .toList();
    }

    /** Prepares in a process of its own until so many segments are there, and kills it. */
    private void prepareAndDie(int wanted) throws IOException, InterruptedException {
        Path log = Files.createTempFile(folder, "child", ".log");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        PrepareChild.class.getName(),
                        folder.resolve("home").toString(),
                        MODEL.toString(),
                        "desk",
                        database(),
                        "mlx.runs.concurrency=0")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Instant limit = Instant.now().plus(Duration.ofMinutes(2));
        while (segments() < wanted) {
            assertThat(Instant.now()).as(() -> read(log)).isBefore(limit);
            assertThat(child.isAlive()).as(() -> read(log)).isTrue();
            Thread.sleep(5);
        }
        child.destroyForcibly().waitFor();
    }

    private int segments() throws IOException {
        Path tokens = folder.resolve("home").resolve("tokens");
        if (!Files.isDirectory(tokens)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(tokens)) {
            return (int)
                    files.filter(file -> file.toString().endsWith(".tokens")).count();
        }
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "no log: " + e.getMessage();
        }
    }

    private String database() {
        return "spring.datasource.url=jdbc:h2:file:" + folder.resolve("database") + ";AUTO_SERVER=TRUE";
    }
}
