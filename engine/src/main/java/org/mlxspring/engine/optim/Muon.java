package org.mlxspring.engine.optim;

import java.util.Map;
import org.mlxspring.engine.array.Array;

/**
 * Momentum orthogonalised by Newton-Schulz iterations (Jordan, 2024), as {@code mlx.optimizers.Muon}: arrays of two
 * dimensions or more are orthogonalised (all axes but the first taken as one), others follow their momentum.
 */
record Muon(double momentum, float weightDecay, boolean nesterov, int steps) implements Rule {

    // Coefficients of the quintic iteration that the author of Muon chose.
    private static final float A = 3.4445f;
    private static final float B = -4.7750f;
    private static final float C = 2.0315f;

    static Muon of(OptimizerOptions options) {
        return new Muon(
                options.number("momentum", 0.95),
                (float) options.number("weight_decay", 0.01),
                options.bool("nesterov", true),
                options.whole("ns_steps", 5));
    }

    @Override
    public Map<String, Array> start(Array gradient) {
        return Map.of("v", Array.zeros(gradient.dtype(), gradient.shape()));
    }

    @Override
    public int wholeMoments() {
        return 1;
    }

    @Override
    public Updated update(Array parameter, Array gradient, Map<String, Array> moments, Step step) {
        float old = (float) momentum;
        float fresh = (float) (1 - momentum);
        Array g = weightDecay == 0 || !step.decays() ? gradient : gradient.add(parameter.multiply(weightDecay));
        Array v = moments.get("v").multiply(old).add(g.multiply(fresh));
        Array change = nesterov ? g.multiply(fresh).add(v.multiply(old)) : v;
        Array rate = step.rate(gradient.dtype());
        int[] shape = change.shape();
        if (shape.length >= 2) {
            change = orthogonalised(change.reshape(shape[0], -1)).reshape(shape);
            double tall = (double) shape[shape.length - 2] / shape[shape.length - 1];
            rate = rate.multiply((float) Math.sqrt(Math.max(1, tall)));
        }
        return new Updated(parameter.subtract(rate.multiply(change)), Map.of("v", v));
    }

    private Array orthogonalised(Array matrix) {
        boolean tall = matrix.dim(0) > matrix.dim(1);
        Array x = tall ? matrix.transpose() : matrix;
        Array norm = x.reshape(-1).square().sum().sqrt();
        x = x.divide(norm.add(1e-7f));
        for (int i = 0; i < steps; i++) {
            Array squared = x.matmul(x.transpose());
            Array polynomial = squared.multiply(B).addMatmul(squared, squared, C);
            x = x.multiply(A).addMatmul(polynomial, x);
        }
        return tall ? x.transpose() : x;
    }
}
