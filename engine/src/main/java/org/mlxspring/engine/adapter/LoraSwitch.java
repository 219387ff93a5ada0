package org.mlxspring.engine.adapter;

import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.RandomState;
import org.mlxspring.engine.nn.Dropout;
import org.mlxspring.engine.nn.Parameter;
import org.mlxspring.engine.nn.SwitchAdapter;
import org.mlxspring.engine.nn.SwitchLinear;

/**
 * A low-rank adapter for each expert of a layer: {@code y + scale * B_e (A_e dropout(x))}.
 *
 * @param a [experts, rank, in] float32
 * @param b [experts, out, rank] float32
 */
record LoraSwitch(Parameter a, Parameter b, float scale, Dropout dropout) implements SwitchAdapter {

    /** A new adapter that changes nothing yet. */
    static LoraSwitch create(SwitchLinear layer, int rank, float scale, Dropout dropout, RandomState random) {
        return new LoraSwitch(
                Initial.uniform(random, layer.inputs(), layer.experts(), rank, layer.inputs()),
                Initial.zeros(layer.experts(), layer.outputs(), rank),
                scale,
                dropout);
    }

    @Override
    public Array apply(Array product, Array input, Array experts, boolean sorted) {
        Array z = dropout.apply(input)
                .gatherMatmul(a.value().transpose(0, 2, 1), experts, sorted)
                .gatherMatmul(b.value().transpose(0, 2, 1), experts, sorted);
        return product.add(z.multiply(scale).astype(input.dtype()));
    }

    @Override
    public Array fuse(Array dense) {
        return dense.add(b.value().multiply(scale).matmul(a.value()).astype(dense.dtype()));
    }

    @Override
    public void visit(String path, Visitor visitor) {
        visitor.parameter(path + ".lora_a", a);
        visitor.parameter(path + ".lora_b", b);
    }
}
