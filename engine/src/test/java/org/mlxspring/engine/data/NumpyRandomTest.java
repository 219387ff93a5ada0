package org.mlxspring.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;

class NumpyRandomTest {

    private record Case(long seed, int skip, List<int[]> orders) {}

    @Test
    void permutationsAreNumpys() throws Exception {
        for (Case each : Golden.read("permutations.json", new TypeReference<List<Case>>() {})) {
            var random = new NumpyRandom(each.seed());
            for (int i = 0; i < each.skip(); i++) {
                random.permutation(100);
            }
            for (int[] order : each.orders()) {
                assertThat(random.permutation(order.length)).isEqualTo(order);
            }
        }
    }

    @Test
    void aSavedStateGoesOnWhereItWas() {
        var random = new NumpyRandom(42);
        random.permutation(1000);
        NumpyRandom.State state = random.state();
        int[] next = random.permutation(1000);
        assertThat(new NumpyRandom(state).permutation(1000)).isEqualTo(next);
        assertThat(new NumpyRandom(state).state()).usingRecursiveComparison().isEqualTo(state);
    }

    @Test
    void aWrongSeedOrStateIsRefused() {
        assertThatThrownBy(() -> new NumpyRandom(-1)).hasMessageContaining("between 0 and 4294967295");
        assertThatThrownBy(() -> new NumpyRandom(1L << 32)).hasMessageContaining("between 0 and 4294967295");
        assertThatThrownBy(() -> new NumpyRandom.State(new int[3], 0)).hasMessageContaining("624 words");
    }
}
