package org.mlxspring.engine.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.DType;
import org.mlxspring.engine.array.Scope;

/** Clipping that changes gradients is compared with mlx in {@link OptimizerParityTest}. */
class ClippingTest {

    @Test
    void gradientsBelowTheLimitStayAsTheyAre() {
        try (Scope scope = Scope.open()) {
            List<Array> gradients = List.of(Array.of(new float[] {3, 0}, 2), Array.of(-4f));
            Clipping clipping = Clipping.toNorm(5.1, gradients);
            assertThat(clipping.norm().item()).isEqualTo(5f);
            assertThat(clipping.gradients().getFirst().toFloats()).containsExactly(3, 0);
            assertThat(clipping.gradients().getLast().toFloats()).containsExactly(-4);
        }
    }

    @Test
    void theNormOfHalfTypesDoesNotOverflow() {
        try (Scope scope = Scope.open()) {
            Array gradient = Array.of(new float[] {300, 400}, 2).astype(DType.FLOAT16);
            Clipping clipping = Clipping.toNorm(1, List.of(gradient));
            assertThat(clipping.norm().item()).isEqualTo(500f);
            Array clipped = clipping.gradients().getFirst();
            assertThat(clipped.dtype()).isEqualTo(DType.FLOAT16);
            assertThat(clipped.toFloats()).containsExactly(new float[] {0.6f, 0.8f}, within(1e-3f));
        }
    }

    @Test
    void aLimitMustBeAboveZero() {
        assertThatThrownBy(() -> Clipping.toNorm(0, List.of()))
                .hasMessage("max_grad_norm is '0.0'; to clip, it must be above 0.");
    }
}
