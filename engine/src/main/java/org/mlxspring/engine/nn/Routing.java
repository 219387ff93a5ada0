package org.mlxspring.engine.nn;

import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.DType;

/** Which experts serve a token, and with what weight, by the scores that a router gives them. */
@FunctionalInterface
public interface Routing {

    /**
     * @param scores [batch, length, experts]
     */
    Routed route(Array scores);

    /**
     * @param experts indices [batch, length, chosen]
     * @param weights of what they give [batch, length, chosen]
     */
    record Routed(Array experts, Array weights) {}

    /** The indices of the chosen experts [batch, length, chosen] by their scores; no gradient flows through them. */
    @FunctionalInterface
    interface Choice {

        Array of(Array scores);

        /** The highest scores; of equal ones those that come first among the negated. */
        static Choice lowestNegated(int chosen) {
            return scores -> scores.negative()
                    .argpartition(chosen - 1, -1)
                    .slice(-1, 0, chosen)
                    .stopGradient();
        }

        /** The highest scores; of equal ones those that come last. */
        static Choice highest(int chosen) {
            return scores -> {
                int experts = scores.dim(-1);
                return scores.argpartition(experts - chosen, -1)
                        .slice(-1, experts - chosen, experts)
                        .stopGradient();
            };
        }
    }

    /** The weights are the softmax of the chosen scores. */
    static Routing softmaxOfChosen(Choice choice) {
        return scores -> {
            Array experts = choice.of(scores);
            return new Routed(experts, scores.takeAlong(experts, -1).softmax(-1));
        };
    }

    /** The weights are those of the chosen experts in the softmax of all scores; they sum to less than one. */
    static Routing chosenOfSoftmax(Choice choice) {
        return scores -> {
            Array shares = scores.softmax(-1);
            Array experts = choice.of(shares);
            return new Routed(experts, shares.takeAlong(experts, -1));
        };
    }

    /** The same choice, with weights divided by their sum. */
    default Routing normed() {
        return scores -> {
            Routed routed = route(scores);
            return new Routed(routed.experts, routed.weights.divide(routed.weights.sum(-1, true)));
        };
    }

    /** The same on scores as float32, so that the weights are float32 too. */
    default Routing inFloat32() {
        return scores -> route(scores.astype(DType.FLOAT32));
    }
}
