package org.mlxspring.engine.nn;

import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.DType;
import org.mlxspring.engine.array.Device;
import org.mlxspring.engine.array.LowRank;
import org.mlxspring.engine.array.Mlx;

/** A weight as plain numbers. */
public record DenseWeight(Parameter parameter) implements Weight {

    @Override
    public int[] shape() {
        return parameter.value().shape();
    }

    @Override
    public Array multiply(Array x) {
        return x.matmul(parameter.value().transpose());
    }

    @Override
    public Array multiply(Array x, LowRank change) {
        return change.multiply(x, parameter.value());
    }

    @Override
    public Array multiplyChosen(Array x, Array experts, boolean sorted) {
        Array matrices = parameter.value().transpose(0, 2, 1);
        if (Mlx.device() == Device.CPU && matrices.dtype() != DType.FLOAT32) {
            // MLX gathers matrices on a CPU in float32 only.
            return x.astype(DType.FLOAT32)
                    .gatherMatmul(matrices.astype(DType.FLOAT32), experts, sorted)
                    .astype(matrices.dtype());
        }
        return x.gatherMatmul(matrices, experts, sorted);
    }

    @Override
    public Array rows(Array indices) {
        return parameter.value().take(indices, 0);
    }

    @Override
    public Array dense() {
        return parameter.value();
    }

    @Override
    public Weight storing(Array dense) {
        return new DenseWeight(new Parameter(dense));
    }

    @Override
    public void visit(String path, Module.Visitor visitor) {
        visitor.parameter(path + ".weight", parameter);
    }
}
