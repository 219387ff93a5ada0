package org.mlxspring.autoconfigure.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlxspring.autoconfigure.host.Host;
import tools.jackson.databind.JsonNode;

/** Rows with a word that stands nowhere else go through the pipeline; then the word is looked for in every file. */
class NothingInTheClearTest {

    private static final Path MODEL = Path.of("..", "engine", "src", "test", "resources", "fixtures", "llama", "model");
    private static final String CANARY = "Kanarienvogel";
    private static final Map<String, Object> SETTINGS = Map.of(
            "iters", 20,
            "batch_size", 2,
            "learning_rate", 1e-2,
            "num_layers", -1,
            "max_seq_length", 128,
            "steps_per_report", 5,
            "steps_per_eval", 10,
            "save_every", 5);

    @TempDir
    private Path folder;

    @Test
    void ofThePretendingEngine() throws Exception {
        lookAfterARun(List.of(Host.Pretending.class), false);
    }

    @Test
    void ofTheRealEngine() throws Exception {
        lookAfterARun(List.of(), true);
    }

    private void lookAfterARun(List<Class<?>> engine, boolean whileItRuns) throws Exception {
        Path home = folder.resolve("home");
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        Set<Path> before = files(temporary);
        try (Host host = Host.start(
                engine,
                home,
                "spring.datasource.url=jdbc:h2:file:" + folder.resolve("database"),
                "mlx.models.canary.path=" + MODEL,
                "mlx.engine.heap=512m")) {
            host.upload("rows", Map.of("train", rows()));
            String id = host.post("/mlx/api/runs", Map.of("model", "canary", "dataset", "rows", "settings", SETTINGS))
                    .body()
                    .path("id")
                    .asString();
            JsonNode done = host.await(id, run -> {
                if (whileItRuns) {
                    assertNowhere(folder);
                }
                return Set.of("SUCCEEDED", "FAILED").contains(run.path("state").asString());
            });
            assertThat(done.path("state").asString()).as(done.toString()).isEqualTo("SUCCEEDED");
            assertThat(home.resolve("runs").resolve(id).resolve("rows")).doesNotExist();
        }
        assertNowhere(folder);
        Set<Path> after = files(temporary);
        after.removeAll(before);
        after.forEach(NothingInTheClearTest::assertNotIn);
    }

    private static String rows() {
        StringBuilder rows = new StringBuilder();
        IntStream.range(0, 60)
                .forEach(i -> rows.append(
                        "{\"prompt\": \"" + CANARY + " " + i + "\", \"completion\": \"Antwort " + CANARY + "\"}\n"));
        return rows.toString();
    }

    private static void assertNowhere(Path folder) {
        files(folder).forEach(NothingInTheClearTest::assertNotIn);
    }

    private static Set<Path> files(Path folder) {
        List<Path> files = new ArrayList<>();
        try {
            try (Stream<Path> all = Files.walk(folder)) {
                all.filter(Files::isRegularFile).forEach(files::add);
            }
        } catch (IOException | UncheckedIOException gone) {
            // Others remove their files meanwhile; what is left is looked at.
        }
        return new HashSet<>(files);
    }

    /** The word as it is, and as the UTF-16 in which a database may keep it. */
    private static void assertNotIn(Path file) {
        try {
            String content = Files.readString(file, StandardCharsets.ISO_8859_1);
            String wide = new String(CANARY.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.ISO_8859_1);
            assertThat(content.contains(CANARY) || content.contains(wide))
                    .as("%s has text of a row", file)
                    .isFalse();
        } catch (NoSuchFileException gone) {
            // A file that is gone holds nothing.
        } catch (IOException e) {
            throw new AssertionError(file + " cannot be read", e);
        }
    }
}
