package org.mlxspring.engine.nn;

import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.LowRank;

/** The matrix that a layer multiplies by, or one matrix per expert, however it is stored. */
public sealed interface Weight permits DenseWeight, QuantizedWeight {

    /** [out, in], or [experts, out, in], as the matrix is before it is packed. */
    int[] shape();

    /**
     * {@code x W^T}.
     *
     * @param x [..., in]
     * @return [..., out]
     */
    Array multiply(Array x);

    /** {@code x W'^T} with the weight W' that a change of low rank makes of this one; no gradient flows to W. */
    Array multiply(Array x, LowRank change);

    /**
     * {@code x W_e^T} with the matrix of an expert for each entry.
     *
     * @param x [..., 1, in]
     * @param experts indices [...]
     * @param sorted whether the indices ascend
     * @return [..., 1, out]
     */
    Array multiplyChosen(Array x, Array experts, boolean sorted);

    /** The rows of the matrix at some indices: [...] to [..., in]. */
    Array rows(Array indices);

    /** The matrix as plain numbers. */
    Array dense();

    /** Another matrix of the same shape, stored as this one is. */
    Weight storing(Array dense);

    /** Shows the stored tensors under the names that weight files have: {@code PATH.weight} and so on. */
    void visit(String path, Module.Visitor visitor);
}
