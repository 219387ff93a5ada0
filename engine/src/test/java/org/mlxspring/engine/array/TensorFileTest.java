package org.mlxspring.engine.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.mlxspring.engine.ffi.MlxException;
import org.mlxspring.engine.ffi.TensorFileCalls;

@EnabledOnOs(OS.LINUX)
class TensorFileTest {

    private static final int ROWS = 700;
    private static final int COLUMNS = 1024;
    private static final long BYTES = 4L * ROWS * COLUMNS;

    @TempDir
    Path folder;

    @BeforeEach
    void possible() {
        Mlx.enter();
        assertThat(TensorFileCalls.possible()).as("libmlxkernels").isTrue();
    }

    @Test
    void tensorsAreThoseThatMlxReadsWhereverTheyBegin() throws IOException {
        for (int begin = 0; begin < 8; begin++) {
            Path file = written(begin);
            try (Scope scope = Scope.open()) {
                Map<String, Array> expected = Safetensors.load(file);
                Map<String, Array> opened = Safetensors.open(file);

                assertThat(opened.keySet()).isEqualTo(expected.keySet());
                for (String name : expected.keySet()) {
                    Array tensor = opened.get(name);
                    assertThat(tensor.dtype()).isEqualTo(expected.get(name).dtype());
                    assertThat(tensor.shape()).isEqualTo(expected.get(name).shape());
                    assertThat(tensor.equalTo(expected.get(name))
                                    .astype(DType.INT32)
                                    .sum()
                                    .toInts()[0])
                            .as("%s at %d", name, begin)
                            .isEqualTo((int) tensor.size());
                }
            }
        }
    }

    @Test
    void anAlignedTensorTakesNoMemoryAndAnyOtherOnlyItsOwn() throws IOException {
        assertThat(peakOfReading(written(0))).isLessThan(1000);
        assertThat(peakOfReading(written(3))).isBetween(BYTES, BYTES + 1000);
    }

    @Test
    void computingInPlaceLeavesTheFileAsItIs() throws IOException {
        Path file = written(0);
        byte[] before = Files.readAllBytes(file);
        try (Scope scope = Scope.open()) {
            Array tensor = Safetensors.open(file).get("large");
            Array sum = tensor.add(1);
            tensor.close();
            Mlx.eval(sum);
        }

        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void aFileThatIsReplacedGoesOnAsItWas() throws IOException {
        Path file = written(0);
        try (Scope scope = Scope.open()) {
            Array tensor = Safetensors.open(file).get("small");
            Path other = folder.resolve("other.safetensors");
            Safetensors.save(other, Map.of("small", Array.of(new float[] {9, 9, 9}, 3)), Map.of());
            Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);

            assertThat(tensor.toFloats()).containsExactly(1, 2, 3, 4);
        }
    }

    @Test
    void aFileThatWasCutShortSinceIsAnError() throws IOException {
        Path file = written(3);
        try (Scope scope = Scope.open()) {
            Array tensor = Safetensors.open(file).get("large");
            try (var channel = Files.newByteChannel(file, java.nio.file.StandardOpenOption.WRITE)) {
                channel.truncate(BYTES / 2);
            }

            assertThatThrownBy(() -> Mlx.eval(tensor))
                    .isInstanceOf(MlxException.class)
                    .hasMessageStartingWith(file + " cannot be read: ");
        }
    }

    private static long peakOfReading(Path file) throws IOException {
        try (Scope scope = Scope.open()) {
            Mlx.clearCache();
            Array tensor = Safetensors.open(file).get("large");
            long before = Mlx.activeMemory();
            Mlx.resetPeakMemory();
            Mlx.eval(tensor);
            return Math.max(0, Mlx.peakMemory() - before);
        }
    }

    /** A file whose values begin so many bytes after a multiple of eight, whatever their order: each has a multiple itself. */
    private Path written(int begin) throws IOException {
        Path file = folder.resolve("begin" + begin + ".safetensors");
        try (Scope scope = Scope.open()) {
            Array large = Array.arange(0, ROWS * COLUMNS, 1, DType.FLOAT32).reshape(ROWS, COLUMNS);
            Array half = Array.arange(0, 64, 1, DType.FLOAT32).astype(DType.BFLOAT16);
            Safetensors.save(
                    file,
                    Map.of("small", Array.of(new float[] {1, 2, 3, 4}, 4), "large", large, "half", half),
                    Map.of("format", "mlx"));
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int header = (int) bytes.getLong(0);
        // A header may end in blanks.
        int padded = header + Math.floorMod(begin - header, 8);
        ByteBuffer moved =
                ByteBuffer.allocate(bytes.capacity() + padded - header).order(ByteOrder.LITTLE_ENDIAN);
        moved.putLong(padded).put(bytes.array(), 8, header);
        moved.put(" ".repeat(padded - header).getBytes(StandardCharsets.UTF_8));
        moved.put(bytes.array(), 8 + header, bytes.capacity() - 8 - header);
        return Files.write(file, moved.array());
    }
}
