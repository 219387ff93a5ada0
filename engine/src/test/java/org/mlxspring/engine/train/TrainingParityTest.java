package org.mlxspring.engine.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mlxspring.engine.model.Fixture;
import org.mlxspring.engine.parity.Figure;
import org.mlxspring.engine.parity.TrainingParity;

/** A training run from mlx-lm's starting adapter, against the losses that mlx-lm reported and the adapter it ended with. */
class TrainingParityTest {

    @TempDir
    Path folder;

    static Stream<Fixture> fixtures() {
        return Fixture.all().stream();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void lossesAndWeightsAreThoseOfMlxLm(Fixture fixture) throws IOException {
        assertThat(TrainingParity.of(fixture, folder, false)).allMatch(Figure::isOk);
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void gradientCheckpointingChangesNothing(Fixture fixture) throws IOException {
        assertThat(TrainingParity.of(fixture, folder, true)).allMatch(Figure::isOk);
    }
}
