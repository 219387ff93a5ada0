package org.mlxspring.engine.generate;

import java.util.Set;
import org.mlxspring.engine.array.Quantization;

/**
 * How keys and values are packed.
 *
 * @param bits 2, 3, 4, 5, 6 or 8
 * @param groupSize features that share a scale: 32, 64 or 128
 * @param start how many tokens are seen before they are packed
 */
public record KeyPacking(int bits, int groupSize, int start) {

    /** As mlx-lm's. */
    public static final int DEFAULT_GROUP_SIZE = 64;

    /** As mlx-lm's. */
    public static final int DEFAULT_START = 5000;

    public KeyPacking {
        SamplerSettings.require("kv_bits", bits, Set.of(2, 3, 4, 5, 6, 8).contains(bits), "2, 3, 4, 5, 6 or 8");
        SamplerSettings.require("kv_group_size", groupSize, Set.of(32, 64, 128).contains(groupSize), "32, 64 or 128");
        SamplerSettings.require("quantized_kv_start", start, start >= 0, "at least 0");
    }

    Quantization format() {
        return new Quantization(Quantization.Mode.AFFINE, groupSize, bits);
    }
}
