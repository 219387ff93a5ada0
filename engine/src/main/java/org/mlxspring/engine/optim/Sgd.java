package org.mlxspring.engine.optim;

import java.util.Map;
import org.mlxspring.engine.array.Array;

/** Stochastic gradient descent with momentum, as {@code mlx.optimizers.SGD}; weight decay is an L2 penalty. */
record Sgd(float momentum, float weightDecay, double dampening, boolean nesterov) implements Rule {

    static Sgd of(OptimizerOptions options) {
        Sgd sgd = new Sgd(
                (float) options.number("momentum", 0),
                (float) options.number("weight_decay", 0),
                options.number("dampening", 0),
                options.bool("nesterov", false));
        if (sgd.nesterov && (sgd.momentum <= 0 || sgd.dampening != 0)) {
            throw options.wrong("nesterov", "false, or momentum above 0 and dampening 0");
        }
        return sgd;
    }

    @Override
    public Map<String, Array> start(Array gradient) {
        return momentum <= 0 ? Map.of() : Map.of("v", Array.zeros(gradient.dtype(), gradient.shape()));
    }

    @Override
    public int wholeMoments() {
        return momentum <= 0 ? 0 : 1;
    }

    @Override
    public Updated update(Array parameter, Array gradient, Map<String, Array> moments, Step step) {
        Array rate = step.rate(gradient.dtype());
        Array g = weightDecay == 0 || !step.decays() ? gradient : gradient.add(parameter.multiply(weightDecay));
        if (momentum <= 0) {
            return new Updated(parameter.subtract(rate.multiply(g)), Map.of());
        }
        Array pushed = moments.get("v").multiply(momentum);
        Array v = pushed.add(dampening > 0 ? g.multiply((float) (1 - dampening)) : g);
        Array change = nesterov ? g.add(v.multiply(momentum)) : v;
        return new Updated(parameter.subtract(rate.multiply(change)), Map.of("v", v));
    }
}
