package org.mlxspring.autoconfigure.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.mlxspring.autoconfigure.host.Host;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The clean-up on H2. */
@ExtendWith(OutputCaptureExtension.class)
class CleanUpTest {

    @Test
    void whatWasKeptLongEnoughIsRemovedAndTold(@TempDir Path folder, CapturedOutput output) throws Exception {
        Path home = folder.resolve("home");
        String[] properties = Stream.concat(
                        Stream.of(
                                "spring.datasource.url=jdbc:h2:mem:clean-up;DB_CLOSE_DELAY=-1",
                                "mlx.models.judged.path=" + folder.resolve("home-model")),
                        Stream.of(CleanUpStory.PROPERTIES))
                .toArray(String[]::new);
        try (Host host = Host.start(List.of(Host.Pretending.class), home, properties)) {
            new CleanUpStory(host, home).tell();
        }
        assertThat(output).contains("Clean-up 1 would remove 20 rows of dataset aging");
    }
}
