package org.mlxspring.engine.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.mlxspring.engine.array.KernelsTest.assertAlike;
import static org.mlxspring.engine.array.KernelsTest.assertClose;
import static org.mlxspring.engine.array.KernelsTest.random;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mlxspring.engine.array.Quantization.Packed;
import org.mlxspring.engine.ffi.Calls;
import org.mlxspring.engine.ffi.MlxC;

/** Our matrix products against MLX's own, values and gradients. The kernels' own test compares many more with float64. */
class ProductsTest {

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "1, 64, 100", "2, 33, 7", "7, 64, 64", "40, 8, 96", "100, 65, 129", "300, 257, 40"})
    void matmul(int rows, int depth, int columns) {
        try (Scope scope = Scope.open()) {
            Array x = random(1, 2, rows, depth);
            Array w = random(2, columns, depth);
            Array row = random(3, columns);
            Array whole = random(4, 2, rows, columns);
            assertAlike(
                    List.of(x, w, row, whole),
                    in -> {
                        Array transposed = in.get(1).transpose();
                        Array first = in.get(2).addMatmul(in.get(0), transposed);
                        Array second = in.get(3).addMatmul(in.get(0).multiply(2), transposed);
                        Array third = in.get(0).matmul(transposed);
                        return first.add(second).add(third.multiply(3));
                    },
                    in -> {
                        Array product = mlx(in.get(0), in.get(1).transpose());
                        return product.multiply(6).add(in.get(2)).add(in.get(3));
                    });
        }
    }

    @Test
    void matmulReadsAnyLayout() {
        try (Scope scope = Scope.open()) {
            Array x = random(1, 6, 4, 10);
            Array w = random(2, 20, 9);
            List<Array> lefts = List.of(
                    x.transpose(1, 0, 2), x.transpose(2, 1, 0), x.slice(0, 1, 4), x.slice(2, 2, 9), x.slice(1, 1, 2));
            for (Array left : lefts) {
                int depth = left.shape()[2];
                Array right = w.slice(0, 3, 3 + depth);
                assertClose(left.matmul(right), mlx(left, right));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"BFLOAT16", "FLOAT16"})
    void matmulOfHalves(DType type) {
        try (Scope scope = Scope.open()) {
            Array x = random(1, 50, 70).astype(type);
            Array w = random(2, 90, 70).astype(type).transpose();
            Array ours = x.matmul(w);
            assertThat(ours.dtype()).isEqualTo(type);
            Array wanted =
                    mlx(x.astype(DType.FLOAT32), w.astype(DType.FLOAT32)).astype(type);
            double unit = type == DType.BFLOAT16 ? 0x1p-7 : 0x1p-10;
            float[] found = ours.toFloats();
            float[] expected = wanted.toFloats();
            for (int i = 0; i < found.length; i++) {
                assertThat((double) found[i]).isCloseTo(expected[i], within(unit * Math.abs(expected[i]) + 1e-6));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"2, 64", "3, 64", "4, 32", "4, 64", "4, 128", "5, 128", "6, 32", "8, 64", "8, 32"})
    void quantizedMatmul(int bits, int groupSize) {
        Quantization format = new Quantization(Quantization.Mode.AFFINE, groupSize, bits);
        try (Scope scope = Scope.open()) {
            Packed packed = format.pack(random(1, 70, 384));
            for (int rows : new int[] {1, 3, 20, 90}) {
                Array x = random(2, 2, rows, 384);
                Array g = random(3, 2, rows, 70);
                assertAlike(
                        List.of(x),
                        in -> format.matmul(in.getFirst(), packed),
                        in -> mlx(in.getFirst(), format.unpack(packed).transpose()));
                assertAlike(
                        List.of(g),
                        in -> format.matmulAcross(in.getFirst(), packed),
                        in -> mlx(in.getFirst(), format.unpack(packed)));
            }
        }
    }

    @Test
    void quantizedMatmulOfHalves() {
        Quantization format = Quantization.Mode.AFFINE.standard();
        try (Scope scope = Scope.open()) {
            Packed packed = format.pack(random(1, 70, 256).astype(DType.BFLOAT16));
            for (int rows : new int[] {1, 40}) {
                Array x = random(2, rows, 256).astype(DType.BFLOAT16);
                Array ours = format.matmul(x, packed);
                assertThat(ours.dtype()).isEqualTo(DType.BFLOAT16);
                Array wanted = mlx(
                        x.astype(DType.FLOAT32),
                        format.unpack(packed.map(
                                        part -> part.dtype() == DType.UINT32 ? part : part.astype(DType.FLOAT32)))
                                .transpose());
                float[] found = ours.toFloats();
                float[] expected = wanted.toFloats();
                for (int i = 0; i < found.length; i++) {
                    assertThat((double) found[i]).isCloseTo(expected[i], within(0x1p-8 * Math.abs(expected[i]) + 1e-4));
                }
            }
        }
    }

    private static Array mlx(Array left, Array right) {
        return Array.adopt(Calls.aa(MlxC.MATMUL, left.handle(), right.handle(), Mlx.stream()));
    }
}
