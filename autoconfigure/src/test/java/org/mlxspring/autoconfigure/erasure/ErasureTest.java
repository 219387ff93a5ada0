package org.mlxspring.autoconfigure.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.mlxspring.autoconfigure.host.Host;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** An erasure on H2, down to the bytes of the database's file. */
@ExtendWith(OutputCaptureExtension.class)
class ErasureTest {

    @Test
    void nothingOfTheRowsIsLeft(@TempDir Path folder, CapturedOutput output) throws Exception {
        Path database = Files.createDirectories(folder.resolve("database"));
        Path home = folder.resolve("home");
        Remains remains;
        Remains others;
        try (Host host = Host.start(List.of(Host.Pretending.class), home, properties(folder, database))) {
            ErasureStory story = new ErasureStory(host, home);
            remains = story.tell();
            others = story.others();
        }
        assertThat(remains.in(database)).as("the file of the database, closed").isEmpty();
        assertThat(others.in(database)).as("the same search finds rows that are there").isNotEmpty();
        assertThat(remains.in(home)).isEmpty();
        assertThat(output).doesNotContain("customer-7").doesNotContain("answer to first 7");
    }

    private static String[] properties(Path folder, Path database) {
        return Stream.concat(
                        Stream.of(
                                "spring.datasource.url=jdbc:h2:file:" + database.resolve("erasure"),
                                "mlx.models.judged.path=" + folder.resolve("home-model")),
                        Stream.of(ErasureStory.PROPERTIES))
                .toArray(String[]::new);
    }
}
