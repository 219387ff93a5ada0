package org.mlxspring.engine.distributed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostfileTest {

    @TempDir
    Path folder;

    @Test
    void readsWhatMlxLaunchReads() throws IOException {
        Path file = write("""
                [{"ssh": "127.0.0.1", "ips": ["10.0.0.1"]}, {"ssh": "mac2", "ips": ["10.0.0.2", "10.0.1.2"], "rdma": [null]}]
                """);
        List<Host> hosts = Hostfile.read(file);
        assertThat(hosts)
                .containsExactly(
                        new Host("127.0.0.1", List.of("10.0.0.1")), new Host("mac2", List.of("10.0.0.2", "10.0.1.2")));
        assertThat(hosts).extracting(Host::isLocal).containsExactly(true, false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"ssh\": \"mac1\"}]",
                "[{\"ips\": [\"10.0.0.1\"]}]",
                "[{\"ssh\": \"-oProxyCommand=x\", \"ips\": [\"10.0.0.1\"]}]",
                "{\"ssh\": \"mac1\"}",
                "[]",
                "mac1"
            })
    void saysWhatIsWrong(String text) throws IOException {
        Path file = write(text);
        assertThatThrownBy(() -> Hostfile.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(file.toString());
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("hosts.json"), text);
    }
}
