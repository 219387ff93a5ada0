package org.mlxspring.autoconfigure.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.mlxspring.autoconfigure.encryption.KeyException;
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
            assertThatThrownBy(story::openErased)
                    .as("with the former key gone, bytes that were left somewhere could not be read")
                    .isInstanceOf(KeyException.class);
        }
        compact(database);
        assertThat(remains.in(database)).as("the file of the database, closed").isEmpty();
        assertThat(others.in(database))
                .as("the same search finds rows that are there")
                .isNotEmpty();
        assertThat(remains.in(home)).isEmpty();
        assertThat(output).doesNotContain("customer-7").doesNotContain("answer to first 7");
    }

    /** As the page on data protection tells whoever needs the bytes gone at once; by itself, H2 does it bit by bit. */
    private static void compact(Path database) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:h2:file:" + database.resolve("erasure"), "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute("shutdown compact");
        }
    }

    private static String[] properties(Path folder, Path database) {
        return Stream.concat(
                        Stream.of(
                                "spring.datasource.url=jdbc:h2:file:" + database.resolve("erasure"),
                                "spring.datasource.username=sa",
                                "mlx.datasets.erasure.rotate-keys=true",
                                "mlx.models.judged.path=" + folder.resolve("home-model")),
                        Stream.of(ErasureStory.PROPERTIES))
                .toArray(String[]::new);
    }
}
