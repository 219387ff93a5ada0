package org.mlxspring.autoconfigure.check;

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

/** The gate on H2. */
@ExtendWith(OutputCaptureExtension.class)
class VersionGateTest {

    @Test
    void aFaultyVersionIsBlockedUntilItIsReleased(@TempDir Path folder, CapturedOutput output) {
        try (Host host = Host.start(
                List.of(Host.Pretending.class),
                folder.resolve("home"),
                Stream.concat(
                                Stream.of("spring.datasource.url=jdbc:h2:mem:gate;DB_CLOSE_DELAY=-1"),
                                Stream.of(GateStory.PROPERTIES))
                        .toArray(String[]::new))) {
            new GateStory(host).tell();
        }
        assertThat(output).doesNotContain(GateStory.CANARY);
    }
}
