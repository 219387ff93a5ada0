package org.mlxspring.engine.model;

import java.util.List;
import org.mlxspring.engine.nn.SwitchGlu;

/**
 * Sizes of a mixture of experts.
 *
 * @param experts in each layer
 * @param chosen experts that serve a token
 * @param hidden features between layers
 * @param inner features inside an expert
 */
record ExpertSizes(int experts, int chosen, int hidden, int inner) {

    /**
     * @param countKey the key of the number of experts
     * @throws ModelException if more experts serve a token than there are
     */
    static ExpertSizes of(
            ModelConfig config, String countKey, int defaultCount, int defaultChosen, int hidden, int inner) {
        return checked(
                config,
                countKey,
                new ExpertSizes(
                        config.intOr(countKey, defaultCount),
                        config.intOr("num_experts_per_tok", defaultChosen),
                        hidden,
                        inner));
    }

    /** As {@link #of}, where the configuration must name both numbers. */
    static ExpertSizes required(ModelConfig config, String countKey, int hidden, int inner) {
        return checked(
                config,
                countKey,
                new ExpertSizes(
                        config.requiredInt(countKey), config.requiredInt("num_experts_per_tok"), hidden, inner));
    }

    private static ExpertSizes checked(ModelConfig config, String countKey, ExpertSizes sizes) {
        if (sizes.chosen < 1 || sizes.chosen > sizes.experts) {
            throw new ModelException(config.source() + ": num_experts_per_tok is " + sizes.chosen + ", but " + countKey
                    + " is " + sizes.experts + "; it must be from 1 to that.");
        }
        return sizes;
    }

    /** Takes the experts' projections {@code gate_proj}, {@code up_proj} and {@code down_proj}. */
    SwitchGlu take(Weights weights, String path, boolean bias, SwitchGlu.Gate gate) {
        return new SwitchGlu(
                weights.experts(path + ".gate_proj", experts, hidden, inner, bias),
                weights.experts(path + ".up_proj", experts, hidden, inner, bias),
                weights.experts(path + ".down_proj", experts, inner, hidden, bias),
                gate);
    }

    /** Stacks the experts' projections that are kept apart as {@code EXPERTS.0.NAME}, NAME as here. */
    void stack(Weights weights, String apart, String stacked) {
        stack(weights, apart, List.of("gate_proj", "down_proj", "up_proj"), stacked);
    }

    /**
     * As {@link #stack(Weights, String, String)}, where the projections have other names.
     *
     * @param names of gate, down and up
     */
    void stack(Weights weights, String apart, List<String> names, String stacked) {
        List<String> own = List.of("gate_proj", "down_proj", "up_proj");
        for (int i = 0; i < own.size(); i++) {
            String name = names.get(i);
            weights.stack(experts, expert -> apart + "." + expert + "." + name, stacked + "." + own.get(i));
        }
    }
}
