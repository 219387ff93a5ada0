package org.mlxspring.engine.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mlxspring.engine.array.RandomState;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.model.Fixture;
import org.mlxspring.engine.model.LanguageModel;
import org.mlxspring.engine.model.ModelRegistry;
import org.mlxspring.engine.nn.Parameter;
import tools.jackson.databind.JsonNode;

/** The weights that a seed gives an adapter before training, against mlx-lm's. */
class InitialWeightsTest {

    private static final JsonNode GOLDENS = AdapterGoldens.read("initial.json");

    static Stream<String> cases() {
        return GOLDENS.propertyNames().stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aSeedGivesTheWeightsThatItGivesInMlxLm(String name) {
        JsonNode golden = GOLDENS.path(name);
        JsonNode keys = golden.path("keys");
        LoraParameters parameters = new LoraParameters(
                3,
                20,
                0,
                keys.isNull()
                        ? Optional.empty()
                        : Optional.of(keys.valueStream().map(JsonNode::asString).toList()),
                false);
        try (Scope scope = Scope.open()) {
            LanguageModel model =
                    ModelRegistry.load(new Fixture(golden.path("fixture").asString()).model());
            Adapters.prepare(
                    model,
                    FineTuneType.of(golden.path("type").asString()),
                    golden.path("num_layers").asInt(),
                    parameters,
                    RandomState.seed(golden.path("seed").asLong()));

            Map<String, Parameter> trainable = Adapters.trainable(model);
            JsonNode expected = golden.path("tensors");
            assertThat(trainable.keySet()).containsExactlyInAnyOrderElementsOf(expected.propertyNames());
            trainable.forEach((tensor, parameter) -> requireEqual(tensor, parameter, expected.path(tensor)));
        }
    }

    private static void requireEqual(String name, Parameter parameter, JsonNode expected) {
        List<Integer> shape = IntStream.of(parameter.value().shape()).boxed().toList();
        assertThat(shape)
                .as(name)
                .isEqualTo(expected.path(0).valueStream().map(JsonNode::asInt).toList());
        float[] values = parameter.value().toFloats();
        assertThat(values[0]).as(name).isCloseTo(expected.path(1).floatValue(), within(1e-6f));
        assertThat(values[values.length - 1])
                .as(name)
                .isCloseTo(expected.path(2).floatValue(), within(1e-6f));
    }
}
