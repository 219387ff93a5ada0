package org.mlxspring.engine.nn;

import java.util.ArrayList;
import java.util.List;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.DType;

/**
 * The routing of Phi-3.5-MoE: experts are taken one after another, the highest score first, and the weight of each is
 * its share in a softmax over those that are left and close to it (SparseMixer-v2, Liu et al. 2024, as it is used
 * without training the router's noise).
 *
 * @param chosen experts per token
 * @param jitter half the relative distance from the highest score up to which another counts
 */
public record SparseMixer(int chosen, float jitter) implements Routing {

    @Override
    public Routed route(Array scores) {
        Array none = Array.of(Float.NEGATIVE_INFINITY).astype(scores.dtype());
        Array positions = Array.arange(0, scores.dim(-1), 1, DType.UINT32);
        Array left = scores;
        List<Array> experts = new ArrayList<>();
        List<Array> weights = new ArrayList<>();
        for (int i = 0; i < chosen; i++) {
            Array highest = left.max(-1, true);
            Array expert = left.argmax(-1).expandDims(-1).stopGradient();
            Array distance = highest.subtract(scores).divide(scores.abs().maximum(highest));
            Array far = distance.greater(Array.of(2 * jitter).astype(scores.dtype()));
            Array shares = far.where(none, left).softmax(-1);
            experts.add(expert);
            weights.add(shares.takeAlong(expert, -1));
            left = positions.equalTo(expert).where(none, left);
        }
        return new Routed(
                Array.concatenate(-1, experts.toArray(Array[]::new)),
                Array.concatenate(-1, weights.toArray(Array[]::new)));
    }
}
