package org.mlxspring.engine.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.model.Fixture;
import org.mlxspring.engine.model.ModelConfig;
import org.mlxspring.engine.model.ModelRegistry;
import tools.jackson.databind.JsonNode;

/** Fused folders, tensor by tensor, against those of mlx-lm's fuse. */
class FusedTensorsTest {

    private static final JsonNode GOLDENS = AdapterGoldens.read("fused.json");

    @TempDir
    Path folder;

    static Stream<Arguments> cases() {
        return GOLDENS.properties().stream().flatMap(each -> Stream.of("fused", "dequantized")
                .filter(each.getValue()::has)
                .map(kind -> Arguments.of(each.getKey(), kind)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theTensorsAreThoseOfMlxLm(String name, String kind) throws IOException {
        JsonNode golden = GOLDENS.path(name);
        Path base = AdapterGoldens.base(golden, folder);
        Path adapter = new Fixture(golden.path("fixture").asString()).path().resolve("adapter-end");
        boolean dequantize = kind.equals("dequantized");

        Path fused = folder.resolve("fused");
        Fuser.run(new FuseSpec(base, adapter, fused, dequantize));

        Map<String, TensorFile.Stored> tensors =
                TensorFile.read(fused.resolve("model.safetensors")).tensors();
        Map<String, TensorFile.Stored> before =
                TensorFile.read(base.resolve("model.safetensors")).tensors();
        assertThat(tensors.keySet()).containsExactlyElementsOf(golden.path(kind).propertyNames());
        Set<String> adapted = modules(TensorFile.read(adapter.resolve("adapters.safetensors"))
                .tensors()
                .keySet());
        golden.path(kind).properties().forEach(entry -> {
            TensorFile.Stored tensor = tensors.get(entry.getKey());
            JsonNode expected = entry.getValue();
            assertThat(tensor.type())
                    .as(entry.getKey())
                    .isEqualTo(expected.path(0).asString());
            assertThat(tensor.shape())
                    .as(entry.getKey())
                    .isEqualTo(
                            expected.path(1).valueStream().map(JsonNode::asInt).toList());
            boolean asBefore = !adapted.contains(module(entry.getKey()))
                    && before.containsKey(entry.getKey())
                    && before.get(entry.getKey()).type().equals(tensor.type());
            if (asBefore) {
                assertThat(tensor.checksum())
                        .as(entry.getKey())
                        .isEqualTo(expected.path(2).asLong());
            } else {
                requireClose(
                        entry.getKey(),
                        tensor,
                        expected.path(3)
                                .valueStream()
                                .mapToDouble(JsonNode::asDouble)
                                .toArray());
            }
        });
        boolean quantized = ModelConfig.read(base).object("quantization").isPresent();
        assertThat(ModelConfig.read(fused).object("quantization").isPresent()).isEqualTo(quantized && !dequantize);
        try (Scope scope = Scope.open()) {
            assertThat(ModelRegistry.load(fused)
                            .logits(Array.of(new int[] {1, 2, 3}, 1, 3))
                            .toFloats())
                    .doesNotContain(Float.NaN);
        }
    }

    /** The products of an adapter may differ in the last bit, and a packed value by the rounding that follows from it. */
    private static void requireClose(String name, TensorFile.Stored tensor, double[] expected) {
        double[] values = tensor.values(expected.length);
        if (tensor.type().startsWith("U")) {
            assertThat(values).as(name).isEqualTo(expected);
        } else {
            double exactness = tensor.type().equals("BF16") ? 0.004 : 1e-5;
            for (int i = 0; i < values.length; i++) {
                assertThat(values[i])
                        .as(name)
                        .isCloseTo(expected[i], within(exactness * Math.max(0.1, Math.abs(expected[i]))));
            }
        }
    }

    private static Set<String> modules(Set<String> tensors) {
        Set<String> modules = new HashSet<>();
        tensors.forEach(name -> modules.add(module(name)));
        return modules;
    }

    private static String module(String tensor) {
        return tensor.substring(0, tensor.lastIndexOf('.'));
    }
}
