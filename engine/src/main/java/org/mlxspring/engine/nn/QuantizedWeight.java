package org.mlxspring.engine.nn;

import java.util.Optional;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.LowRank;
import org.mlxspring.engine.array.Quantization;
import org.mlxspring.engine.array.Quantization.Packed;

/**
 * A weight that is packed into few bits. It is never trained itself; gradients flow through it.
 *
 * @param format how it is packed
 * @param values packed values, {@link Packed#values}
 * @param scales {@link Packed#scales}
 * @param biases {@link Packed#biases}
 */
public record QuantizedWeight(Quantization format, Parameter values, Parameter scales, Optional<Parameter> biases)
        implements Weight {

    /** Packs plain numbers. */
    public static QuantizedWeight of(Quantization format, Array dense) {
        Packed packed = format.pack(dense);
        return new QuantizedWeight(
                format,
                new Parameter(packed.values()),
                new Parameter(packed.scales()),
                packed.biases().map(Parameter::new));
    }

    private Packed packed() {
        return new Packed(values.value(), scales.value(), biases.map(Parameter::value));
    }

    @Override
    public int[] shape() {
        int[] shape = values.value().shape();
        shape[shape.length - 1] = Math.multiplyExact(shape[shape.length - 1], 32) / format.bits();
        return shape;
    }

    @Override
    public Array multiply(Array x) {
        return format.matmul(x, packed());
    }

    @Override
    public Array multiply(Array x, LowRank change) {
        return change.multiply(x, format, packed());
    }

    @Override
    public Array multiplyChosen(Array x, Array experts, boolean sorted) {
        return format.gatherMatmul(x, packed(), experts, sorted);
    }

    @Override
    public Array rows(Array indices) {
        return format.unpack(new Packed(
                values.value().take(indices, 0), scales.value().take(indices, 0), biases.map(each -> each.value()
                        .take(indices, 0))));
    }

    @Override
    public Array dense() {
        return format.unpack(packed());
    }

    @Override
    public Weight storing(Array dense) {
        return of(format, dense);
    }

    @Override
    public void visit(String path, Module.Visitor visitor) {
        visitor.parameter(path + ".weight", values);
        visitor.parameter(path + ".scales", scales);
        biases.ifPresent(each -> visitor.parameter(path + ".biases", each));
    }
}
