package org.mlxspring.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mlxspring.engine.parity.Figure;
import org.mlxspring.engine.parity.ForwardParity;

/** Logits against those of mlx-lm: largest difference below 1e-3, and the same argmax everywhere. */
class LogitsParityTest {

    static Stream<Fixture> fixtures() {
        return Fixture.all().stream();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void logitsAreThoseOfMlxLm(Fixture fixture) throws IOException {
        assertThat(ForwardParity.logits(fixture)).allMatch(Figure::isOk);
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void greedyContinuationIsThatOfMlxLm(Fixture fixture) {
        assertThat(ForwardParity.greedy(fixture)).matches(Figure::isOk);
    }
}
