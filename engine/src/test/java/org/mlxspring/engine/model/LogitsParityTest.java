package org.mlxspring.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Safetensors;
import org.mlxspring.engine.array.Scope;
import tools.jackson.databind.JsonNode;

/** Logits against those of mlx-lm: largest difference below 1e-3, and the same argmax everywhere. */
class LogitsParityTest {

    static Stream<Fixture> fixtures() {
        return Fixture.all().stream();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void logitsAreThoseOfMlxLm(Fixture fixture) throws IOException {
        try (Scope scope = Scope.open()) {
            LanguageModel model = ModelRegistry.load(fixture.model());
            List<int[]> rows = fixture.expected()
                    .path("prompt_ids")
                    .valueStream()
                    .map(fixture::ints)
                    .toList();
            int[] flat = rows.stream().flatMapToInt(Arrays::stream).toArray();
            Array logits = model.logits(Array.of(flat, rows.size(), rows.getFirst().length));
            Array golden = Safetensors.load(fixture.path().resolve("logits.safetensors"))
                    .get("logits");
            float[] ours = logits.toFloats();
            float[] theirs = golden.toFloats();
            assertThat(ours).hasSameSizeAs(theirs);
            double worst = 0;
            for (int i = 0; i < ours.length; i++) {
                worst = Math.max(worst, Math.abs(ours[i] - theirs[i]));
            }
            assertThat(worst).isLessThan(1e-3);
            assertThat(logits.argmax(-1).toInts()).isEqualTo(golden.argmax(-1).toInts());
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void greedyContinuationIsThatOfMlxLm(Fixture fixture) {
        JsonNode expected = fixture.expected();
        int[] ids = fixture.ints(expected.path("prompt_ids").get(0));
        int[] golden = fixture.ints(expected.path("greedy_continuation"));
        try (Scope scope = Scope.open()) {
            LanguageModel model = ModelRegistry.load(fixture.model());
            for (int next : golden) {
                int length = ids.length;
                int chosen = model.logits(Array.of(ids, 1, length))
                        .slice(1, length - 1, length)
                        .argmax(-1)
                        .toInts()[0];
                assertThat(chosen).isEqualTo(next);
                ids = Arrays.copyOf(ids, length + 1);
                ids[length] = chosen;
            }
        }
    }
}
