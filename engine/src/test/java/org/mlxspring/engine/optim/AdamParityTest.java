package org.mlxspring.engine.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Mlx;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.nn.Parameter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Step by step against MLX's own optimizers and schedules on the same gradients. */
class AdamParityTest {

    private static final JsonNode GOLDEN = golden();

    @Test
    void adam() {
        check("adam", new OptimizerSettings("adam", Map.of()), Schedule.constant(1e-2));
    }

    @Test
    void adamWithBiasCorrection() {
        Map<String, Object> options = Map.of("betas", List.of(0.8, 0.95), "eps", 1e-6, "bias_correction", true);
        check("adamCorrected", new OptimizerSettings("adam", options), Schedule.constant(1e-2));
    }

    @Test
    void adamw() {
        check("adamw", new OptimizerSettings("adamw", Map.of("weight_decay", 0.1)), Schedule.constant(1e-2));
    }

    @Test
    void adamwWithWarmupAndCosineDecay() {
        ScheduleSettings schedule = new ScheduleSettings("cosine_decay", List.of(1e-2, 10.0, 1e-3), 2, 0);
        check("adamwSchedule", new OptimizerSettings("adamw", Map.of()), Schedule.of(schedule));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "cosine; cosine_decay; 0.1,10,0.01",
                "linear; linear_schedule; 0.0,0.1,5",
                "exp; exponential_decay; 0.1,0.9",
                "step; step_decay; 0.1,0.5,3"
            })
    void schedules(String key, String name, String arguments) {
        List<Double> numbers =
                List.of(arguments.split(",")).stream().map(Double::valueOf).toList();
        Schedule schedule = Schedule.of(new ScheduleSettings(name, numbers, 0, 0));
        List<JsonNode> expected =
                GOLDEN.path("schedules").path(key).valueStream().toList();
        for (int i = 0; i < expected.size(); i++) {
            assertThat(schedule.at(i)).isCloseTo(expected.get(i).asDouble(), within(1e-7));
        }
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThatThrownBy(() -> Adam.of(new OptimizerSettings("rmsprop", Map.of()), Schedule.constant(1)))
                .hasMessageContaining("rmsprop")
                .hasMessageContaining("adam and adamw");
        assertThatThrownBy(() -> Adam.of(new OptimizerSettings("adam", Map.of("beta", 1)), Schedule.constant(1)))
                .hasMessageContaining("'beta'");
        assertThatThrownBy(() -> Schedule.of(new ScheduleSettings("cosine", List.of(1.0), 0, 0)))
                .hasMessageContaining("cosine_decay");
    }

    private void check(String name, OptimizerSettings settings, Schedule schedule) {
        List<JsonNode> gradients = GOLDEN.path("gradients").valueStream().toList();
        List<JsonNode> values = GOLDEN.path("values").path(name).valueStream().toList();
        try (Scope scope = Scope.open()) {
            Adam adam = Adam.of(settings, schedule);
            Parameter parameter = new Parameter(Array.of(new float[] {1, -2, 3}, 3));
            for (int i = 0; i < gradients.size(); i++) {
                try (Scope step = Scope.open()) {
                    Array gradient = Array.of(floats(gradients.get(i)), 3);
                    Mlx.eval(adam.update(Map.of("w", parameter), List.of(gradient), step));
                }
                assertThat(parameter.value().toFloats()).containsExactly(floats(values.get(i)), within(1e-6f));
            }
        }
    }

    private static float[] floats(JsonNode numbers) {
        List<JsonNode> nodes = numbers.valueStream().toList();
        float[] floats = new float[nodes.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) nodes.get(i).asDouble();
        }
        return floats;
    }

    private static JsonNode golden() {
        try (InputStream in = AdamParityTest.class.getResourceAsStream("/optim/mlx-optimizers.json")) {
            return new JsonMapper().readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
