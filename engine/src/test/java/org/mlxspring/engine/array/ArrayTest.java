package org.mlxspring.engine.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mlxspring.engine.ffi.EngineVersions;
import org.mlxspring.engine.ffi.MlxException;

class ArrayTest {

    private Scope scope;

    @BeforeEach
    void open() {
        scope = Scope.open();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    @Test
    void knowsItsVersion() {
        assertThat(Mlx.version()).isEqualTo(EngineVersions.MLX);
    }

    @Test
    void computes() {
        Array a = Array.of(new float[] {1, 2, 3, 4}, 2, 2);
        assertThat(a.matmul(a).add(1f).toFloats()).containsExactly(8, 11, 16, 23);
        assertThat(a.slice(1, 0, 1).toFloats()).containsExactly(1, 3);
        assertThat(a.transpose().toFloats()).containsExactly(1, 3, 2, 4);
        assertThat(a.astype(DType.BFLOAT16).add(1f).dtype()).isEqualTo(DType.BFLOAT16);
        assertThat(a.argmax(-1).toInts()).containsExactly(1, 1);
        assertThat(a.take(Array.of(new int[] {1}, 1), 0).toFloats()).containsExactly(3, 4);
        assertThat(a.sum().item()).isEqualTo(10);
    }

    @Test
    void saysWhatMlxSaysOfAWrongShape() {
        Array a = Array.zeros(DType.FLOAT32, 2, 3);
        assertThatThrownBy(() -> a.matmul(a)).isInstanceOf(MlxException.class).hasMessageContaining("matmul");
        assertThat(a.add(1f).sum().item()).isEqualTo(6);
    }

    @Test
    void differentiates() {
        try (Gradient gradient = Gradient.of(x -> List.of(x.getFirst().square().sum()), 1)) {
            Gradient.Result result = gradient.apply(List.of(Array.of(new float[] {1, 2, 3}, 3)));
            assertThat(result.values().getFirst().item()).isEqualTo(14);
            assertThat(result.gradients().getFirst().toFloats()).containsExactly(2, 4, 6);
        }
        assertThat(Closure.live()).isZero();
    }

    @Test
    void checkpointedGradientsAreTheSame() {
        try (Gradient gradient = Gradient.of(
                x -> List.of(Gradient.checkpoint(y -> List.of(y.getFirst().exp()), x)
                        .getFirst()
                        .sum()),
                1)) {
            Gradient.Result result = gradient.apply(List.of(Array.of(new float[] {0, 1}, 2)));
            assertThat(result.gradients().getFirst().toFloats()[1]).isCloseTo((float) Math.E, within(1e-5f));
        }
    }

    @Test
    void throwsWhatTheDifferentiatedFunctionThrew() {
        RuntimeException own = new RuntimeException("own");
        try (Gradient gradient = Gradient.of(
                x -> {
                    throw own;
                },
                1)) {
            assertThatThrownBy(() -> gradient.apply(List.of(Array.of(1f)))).isSameAs(own);
        }
        try (Gradient gradient = Gradient.of(x -> List.of(x.getFirst().matmul(Array.zeros(DType.FLOAT32, 4, 4))), 1)) {
            assertThatThrownBy(() -> gradient.apply(List.of(Array.zeros(DType.FLOAT32, 2, 3))))
                    .isInstanceOf(MlxException.class)
                    .hasMessageContaining("matmul");
        }
        assertThat(Array.of(2f).add(1f).item()).isEqualTo(3);
    }

    @Test
    void scopesFreeArraysAndKeepThoseAskedFor() {
        long before = Scope.liveHandles();
        Array kept;
        try (Scope inner = Scope.open()) {
            kept = inner.keep(Array.of(1f).add(2f));
            Array.of(3f);
        }
        assertThat(kept.item()).isEqualTo(3);
        assertThat(Scope.liveHandles()).isEqualTo(before + 1);
        kept.close();
        assertThatThrownBy(kept::item).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesAnotherThread() throws InterruptedException {
        Throwable[] thrown = new Throwable[1];
        Thread other = new Thread(() -> {
            try {
                Mlx.version();
            } catch (IllegalStateException e) {
                thrown[0] = e;
            }
        });
        other.start();
        other.join();
        assertThat(thrown[0]).hasMessageContaining("MLX belongs to thread");
    }

    @Test
    void drawsTheNumbersThatPythonDraws() {
        // mx.random.seed(7); mx.random.uniform(shape=(3,)), then mx.random.normal(shape=(2,))
        RandomState random = RandomState.seed(7);
        assertThat(random.uniform(0, 1, 3).toFloats()).containsExactly(UNIFORM, within(1e-6f));
        assertThat(RandomState.restore(random.save()).normal(0, 1, 2).toFloats())
                .containsExactly(NORMAL, within(1e-6f));
    }

    private static final float[] UNIFORM = {0.07774583f, 0.17445430f, 0.83264631f};
    private static final float[] NORMAL = {0.84625137f, -0.89861190f};
}
