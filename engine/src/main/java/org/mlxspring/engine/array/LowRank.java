package org.mlxspring.engine.array;

import java.util.Optional;
import org.mlxspring.engine.array.Quantization.Packed;
import org.mlxspring.engine.ffi.ProductCalls;

/**
 * A change of a weight W [out, in] of low rank: W becomes {@code W + scale (A B)^T} (Hu et al., LoRA, 2021).
 *
 * @param a [in, rank]
 * @param b [rank, out]
 */
public record LowRank(Array a, Array b, float scale) {

    /** {@code x W^T + scale (x A) B}: [..., in] to [..., out]. No gradient flows to W. */
    public Array multiply(Array x, Array weight) {
        return takes(x) && Kernels.multiply(x, weight)
                ? lora(x, weight, 0, 0, new Quantization(Quantization.Mode.AFFINE, 0, 0))
                : added(x.matmul(weight.transpose()), x);
    }

    /** As {@link #multiply(Array, Array)}, with a packed weight. */
    public Array multiply(Array x, Quantization format, Packed weight) {
        return takes(x) && Kernels.multiply(x, weight)
                ? lora(x, weight.values(), weight.scales().handle(), biases(weight.biases()), format)
                : added(format.matmul(x, weight), x);
    }

    /** A product with the weight alone, and what the change adds to it for an input. */
    public Array added(Array product, Array x) {
        return product.add(x.matmul(a).matmul(b).multiply(scale).astype(product.dtype()));
    }

    private boolean takes(Array x) {
        return Kernels.multiply(x, a) && Kernels.multiply(x, b);
    }

    private static long biases(Optional<Array> biases) {
        return biases.map(Array::handle).orElse(0L);
    }

    private Array lora(Array x, Array values, long scales, long biases, Quantization format) {
        return Array.adopt(ProductCalls.lora(
                x.handle(),
                values.handle(),
                scales,
                biases,
                format.groupSize(),
                format.bits(),
                a.handle(),
                b.handle(),
                scale,
                Mlx.stream()));
    }
}
