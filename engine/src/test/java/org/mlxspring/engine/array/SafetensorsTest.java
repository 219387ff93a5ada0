package org.mlxspring.engine.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlxspring.engine.ffi.MlxException;

class SafetensorsTest {

    @TempDir
    Path folder;

    @Test
    void valuesOfEveryTypeComeBackAndBeginWhereTheyCanBeMapped() throws IOException {
        for (int nameLength = 1; nameLength <= 64; nameLength++) {
            Path file = folder.resolve("model.safetensors");
            try (Scope scope = Scope.open()) {
                Map<String, Array> tensors = tensors("t".repeat(nameLength));
                Safetensors.save(file, tensors, Map.of("format", "mlx"));

                SafetensorsHeader header = SafetensorsHeader.read(file);
                assertThat(header.metadata()).containsExactly(Map.entry("format", "mlx"));
                long end = header.tensors().values().iterator().next().offset();
                assertThat(end % 64).isZero();
                for (Map.Entry<String, SafetensorsHeader.Tensor> tensor :
                        header.tensors().entrySet()) {
                    assertThat(tensor.getValue().offset()).isEqualTo(end);
                    assertThat(end % tensors.get(tensor.getKey()).dtype().bytes())
                            .as(tensor.getKey())
                            .isZero();
                    end += tensor.getValue().bytes();
                }
                assertThat(Files.size(file)).isEqualTo(end);
                assertSame(Safetensors.load(file), tensors);
                assertSame(Safetensors.open(file), tensors);
            }
        }
    }

    /** Some of each type, a scalar, an empty one, and one that does not lie in row-major order. */
    private static Map<String, Array> tensors(String name) {
        Map<String, Array> tensors = new LinkedHashMap<>();
        for (DType type : DType.values()) {
            // Safetensors has no complex numbers, and float64 is not computed on every device.
            if (type != DType.COMPLEX64 && type != DType.FLOAT64) {
                tensors.put(name + type, Array.of(new float[] {0, 1, 3}, 3).astype(type));
            }
        }
        tensors.put("scalar", Array.of(7f));
        tensors.put("empty", Array.zeros(DType.FLOAT32, 0, 4));
        tensors.put(
                "transposed",
                Array.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3).transpose().astype(DType.FLOAT16));
        return tensors;
    }

    private static void assertSame(Map<String, Array> actual, Map<String, Array> expected) {
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        expected.forEach((name, tensor) -> {
            assertThat(actual.get(name).dtype()).as(name).isEqualTo(tensor.dtype());
            assertThat(actual.get(name).shape()).as(name).isEqualTo(tensor.shape());
            assertThat(actual.get(name).toFloats()).as(name).isEqualTo(tensor.toFloats());
        });
    }

    @Test
    void whatCannotBeComputedLeavesTheOldFile() throws IOException {
        Path file = folder.resolve("adapters.safetensors");
        try (Scope scope = Scope.open()) {
            Safetensors.save(file, Map.of("a", Array.of(1f)), Map.of());
            Path weights = Files.copy(file, folder.resolve("weights.safetensors"));
            Array cut = Safetensors.load(weights).get("a");
            Files.write(weights, new byte[8]);
            assertThatThrownBy(() -> Safetensors.save(file, Map.of("a", cut), Map.of()))
                    .isInstanceOf(MlxException.class);
            assertThat(Safetensors.load(file).get("a").item()).isEqualTo(1f);
        }
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("adapters.safetensors", "weights.safetensors");
    }
}
