package org.mlxspring.engine.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.DType;

/**
 * Repacks the weights of AutoAWQ as MLX packs them. AutoAWQ keeps {@code NAME.qweight} [in, out / 8], in each word the
 * outputs 0, 2, 4, 6, 1, 3, 5, 7 of eight from the lowest four bits up, {@code NAME.qzeros} [groups, out / 8] alike, and
 * {@code NAME.scales} [groups, out]; a value is {@code (bits - zero) * scale}.
 */
final class AwqWeights {

    static final int BITS = 4;

    private static final int PER_WORD = 32 / BITS;

    /** The nibble of a word in which each of its eight outputs stands. */
    private static final int[] PLACES = {0, 4, 1, 5, 2, 6, 3, 7};

    private AwqWeights() {}

    /** Whether a folder's tensors are packed so. */
    static boolean present(Map<String, Array> tensors) {
        return tensors.keySet().stream().anyMatch(name -> name.endsWith(".qweight"));
    }

    /**
     * Packed weights as MLX packs them; every other float in the type of the scales.
     *
     * @throws ModelException if columns are permuted ({@code g_idx}), or a tensor is missing
     */
    static Map<String, Array> repack(Map<String, Array> tensors) {
        Map<String, Array> repacked = new LinkedHashMap<>();
        DType type = DType.FLOAT16;
        for (String name : tensors.keySet()) {
            if (name.endsWith(".g_idx")) {
                throw new ModelException("The weights hold " + name + ": their columns were put in another order before"
                        + " they were packed (act-order), which is not supported. Use a model without g_idx, or convert"
                        + " the original one with 'mlx convert -q'.");
            }
            if (name.endsWith(".qweight")) {
                String path = name.substring(0, name.length() - ".qweight".length());
                Array scales = tensors.get(path + ".scales");
                if (scales == null) {
                    throw new ModelException("The weights lack " + path + ".scales, which belongs to " + name + ".");
                }
                type = scales.dtype();
                repackLayer(
                        path, tensors.get(name), scales, Optional.ofNullable(tensors.get(path + ".qzeros")), repacked);
            } else if (!name.endsWith(".qzeros") && !name.endsWith(".scales")) {
                repacked.put(name, tensors.get(name));
            }
        }
        DType floats = type;
        repacked.replaceAll((name, tensor) -> tensor.dtype().isFloating()
                ? Weights.made(List.of(tensor), () -> List.of(tensor.astype(floats)))
                        .getFirst()
                : tensor);
        return repacked;
    }

    private static void repackLayer(
            String path, Array words, Array scales, Optional<Array> zeros, Map<String, Array> repacked) {
        List<Array> sources = new ArrayList<>(List.of(words, scales));
        zeros.ifPresent(sources::add);
        List<Array> made = Weights.made(sources, () -> repacked(words, scales, zeros));
        repacked.put(path + ".weight", made.get(0));
        repacked.put(path + ".scales", made.get(1));
        repacked.put(path + ".biases", made.get(2));
    }

    /** The three tensors of a layer as MLX packs them. */
    private static List<Array> repacked(Array words, Array scales, Optional<Array> zeros) {
        Array rows = unpack(words).transpose();
        int outputs = rows.dim(0);
        int columns = rows.dim(1);
        int[] factors = new int[PER_WORD];
        for (int i = 0; i < PER_WORD; i++) {
            factors[i] = 1 << i * BITS;
        }
        Array packed = rows.reshape(outputs, columns / PER_WORD, PER_WORD)
                .multiply(Array.ofUnsigned(factors, PER_WORD))
                .sum(-1, false)
                .astype(DType.UINT32);
        Array wide = scales.transpose().astype(DType.FLOAT32);
        Array zero = zeros.map(each -> unpack(each).transpose().astype(DType.FLOAT32))
                .orElseGet(() -> Array.of((float) (1 << BITS - 1)));
        return List.of(
                packed,
                scales.transpose().contiguous(),
                zero.negative().multiply(wide).astype(scales.dtype()));
    }

    /** The values of words: [rows, words] to uint32 [rows, 8 * words]. */
    private static Array unpack(Array words) {
        Array unsigned = words.view(DType.UINT32);
        List<Array> values = new ArrayList<>();
        for (int place : PLACES) {
            Array shifted = place == 0 ? unsigned : unsigned.divideWhole(1 << place * BITS);
            Array above = shifted.divideWhole(1 << BITS).multiply(Array.ofUnsigned(new int[] {1 << BITS}));
            values.add(shifted.subtract(above));
        }
        return Array.stack(-1, values).reshape(words.dim(0), words.dim(1) * PER_WORD);
    }
}
