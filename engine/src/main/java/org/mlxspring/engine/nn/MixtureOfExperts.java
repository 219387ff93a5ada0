package org.mlxspring.engine.nn;

import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.nn.Routing.Routed;

/**
 * A few experts per token, chosen by a router, and the weighted sum of what they give.
 *
 * @param router features to a score per expert
 * @param declaration names and order of router and experts
 */
public record MixtureOfExperts(Linear router, Routing routing, SwitchGlu experts, Declaration declaration)
        implements FeedForward {

    /** Under which names, and in which order, the parts of a mixture are shown. */
    @FunctionalInterface
    public interface Declaration {

        void visit(MixtureOfExperts mixture, String path, Visitor visitor);

        static Declaration routerFirst(String router, String experts) {
            return (mixture, path, visitor) -> {
                mixture.router.visit(path + "." + router, visitor);
                mixture.experts.visit(path + "." + experts, visitor);
            };
        }

        static Declaration expertsFirst(String experts, String router) {
            return (mixture, path, visitor) -> {
                mixture.experts.visit(path + "." + experts, visitor);
                mixture.router.visit(path + "." + router, visitor);
            };
        }
    }

    @Override
    public Array apply(Array x) {
        Routed routed = routing.route(router.apply(x));
        Array y = experts.apply(x, routed.experts());
        return y.multiply(routed.weights().expandDims(-1)).sum(-2, false).astype(y.dtype());
    }

    @Override
    public void visit(String path, Visitor visitor) {
        declaration.visit(this, path, visitor);
    }
}
