package org.mlxspring.engine.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mlxspring.engine.array.DType;
import org.mlxspring.engine.array.Mlx;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.nn.Parameter;
import tools.jackson.databind.JsonNode;

/** Every step of every optimizer against mlx.optimizers on the same gradients. */
class OptimizerParityTest {

    static Stream<String> cases() {
        return Goldens.cases().propertyNames().stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyStepIsThatOfMlx(String name) {
        JsonNode one = Goldens.cases().path(name);
        DType type = DType.valueOf(one.path("type").asString("float32").toUpperCase());
        JsonNode factors = one.path("factors");
        Schedule schedule = one.has("schedule")
                ? Schedule.of(Goldens.scheduleSettings(one.path("schedule")))
                : Schedule.constant(1e-2);
        Optimizer optimizer = Optimizer.of(Goldens.settings(one), schedule, parameter -> factors.path(parameter)
                .asDouble(1));
        try (Scope scope = Scope.open()) {
            Map<String, Parameter> parameters = Goldens.parameters(type);
            for (int i = 0; i < Goldens.STEPS; i++) {
                step(optimizer, parameters, one, type, i);
                int step = i;
                parameters.forEach((parameter, now) -> {
                    assertThat(now.value().dtype()).isEqualTo(type);
                    assertClose(name, parameter, step, type, now.value().toFloats());
                });
            }
        }
        assertThat(optimizer.updates()).isEqualTo(Goldens.STEPS);
    }

    private static void step(
            Optimizer optimizer, Map<String, Parameter> parameters, JsonNode one, DType type, int step) {
        try (Scope scope = Scope.open()) {
            if (!one.has("clip")) {
                Mlx.eval(optimizer.update(parameters, Goldens.gradients(step, type), scope));
                return;
            }
            Clipping clipping = Clipping.toNorm(one.path("clip").asDouble(), Goldens.gradients(step, type));
            Mlx.eval(optimizer.update(parameters, clipping.gradients(), scope));
            float norm = (float) one.path("norms").path(step).asDouble();
            assertThat(clipping.norm().item()).isCloseTo(norm, within(1e-6f * norm));
        }
    }

    private static void assertClose(String name, String parameter, int step, DType type, float[] values) {
        float[] expected = Goldens.expected(name, parameter, step);
        // On one machine all but muon (its products are the BLAS's) agree to the bit; elsewhere half types round
        // otherwise.
        double tolerance =
                switch (type) {
                    case FLOAT16 -> 2e-3;
                    case BFLOAT16 -> 1.6e-2;
                    default -> 1e-6;
                };
        for (int i = 0; i < expected.length; i++) {
            assertThat(values[i])
                    .as("%s, %s[%d] after step %d", name, parameter, i, step + 1)
                    .isCloseTo(expected[i], within((float) (tolerance * Math.max(0.5, Math.abs(expected[i])))));
        }
    }
}
