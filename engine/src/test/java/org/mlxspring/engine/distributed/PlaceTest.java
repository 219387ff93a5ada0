package org.mlxspring.engine.distributed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceTest {

    @TempDir
    Path folder;

    @Test
    void theEnvironmentOfMlxLaunchGivesAPlace() throws IOException {
        Path file = write(Place.json(List.of(List.of("10.0.0.1:5000", "10.0.1.1:5001"), List.of("10.0.0.2:5002"))));
        Place place = Place.of(Map.of("MLX_RANK", "1", "MLX_HOSTFILE", file.toString()))
                .orElseThrow();
        assertThat(place.rank()).isEqualTo(1);
        assertThat(place.size()).isEqualTo(2);
        assertThat(place.name(0)).isEqualTo("rank 0 of 2 (10.0.0.1:5000)");
        assertThat(Place.of(Map.of("PATH", "/bin"))).isEmpty();
        assertThat(Place.of(Map.of("MLX_RANK", "0", "MLX_HOSTFILE", write("\n").toString())))
                .isEmpty();
    }

    @Test
    void oneVariableWithoutTheOtherIsRefused() {
        assertThatThrownBy(() -> Place.of(Map.of("MLX_RANK", "0")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The environment has only one of MLX_RANK and MLX_HOSTFILE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "-1", "one"})
    void aRankThatTheFileDoesNotHaveIsRefused(String rank) throws IOException {
        Path file = write("[[\"10.0.0.1:5000\"], [\"10.0.0.2:5001\"]]");
        assertThatThrownBy(() -> Place.of(Map.of("MLX_RANK", rank, "MLX_HOSTFILE", file.toString())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("MLX_RANK is '" + rank + "'; it must be a number from 0 to 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "[[]]", "[[\"10.0.0.1\"]]", "[{\"ssh\": \"mac1\", \"ips\": [\"10.0.0.1\"]}]"})
    void anotherFileIsRefused(String text) throws IOException {
        Path file = write(text);
        assertThatThrownBy(() -> Place.of(Map.of("MLX_RANK", "0", "MLX_HOSTFILE", file.toString())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be a JSON list with a list of addresses for each rank");
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("ring.json"), text);
    }
}
