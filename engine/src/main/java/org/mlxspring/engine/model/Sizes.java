package org.mlxspring.engine.model;

/**
 * The sizes that the configurations of most families name alike.
 *
 * @param hidden features between layers
 * @param layers number of layers
 * @param mlp features inside the MLP
 * @param heads query heads
 * @param keyHeads heads of keys and values
 * @param headDim features per head
 * @param vocabulary number of tokens
 */
record Sizes(int hidden, int layers, int mlp, int heads, int keyHeads, int headDim, int vocabulary) {

    /** Reads sizes without defaults, but as many heads of keys as of queries, and the heads together as wide as x. */
    static Sizes of(ModelConfig config) {
        int hidden = config.requiredInt("hidden_size");
        int heads = config.requiredInt("num_attention_heads");
        return new Sizes(
                        hidden,
                        config.requiredInt("num_hidden_layers"),
                        config.requiredInt("intermediate_size"),
                        heads,
                        config.intOr("num_key_value_heads", heads),
                        config.intOr("head_dim", hidden / Math.max(heads, 1)),
                        config.requiredInt("vocab_size"))
                .checked(config);
    }

    /** The same, with heads that together are as wide as x whatever {@code head_dim} says. */
    Sizes withHeadsOfHidden() {
        return new Sizes(hidden, layers, mlp, heads, keyHeads, hidden / heads, vocabulary);
    }

    /**
     * These sizes.
     *
     * @throws ModelException if the heads together are not as wide as x
     */
    Sizes requireHeadsOfHidden(ModelConfig config) {
        if (heads * headDim != hidden) {
            throw new ModelException(config.source() + ": hidden_size is " + hidden
                    + "; it must be num_attention_heads, " + heads + ", times the features per head, " + headDim + ".");
        }
        return this;
    }

    /**
     * These sizes.
     *
     * @throws ModelException if one of them is below 1, or the heads of keys do not divide those of queries
     */
    Sizes checked(ModelConfig config) {
        atLeastOne(config, "hidden_size", hidden);
        atLeastOne(config, "num_hidden_layers", layers);
        atLeastOne(config, "intermediate_size", mlp);
        atLeastOne(config, "num_attention_heads", heads);
        atLeastOne(config, "num_key_value_heads", keyHeads);
        atLeastOne(config, "head_dim", headDim);
        atLeastOne(config, "vocab_size", vocabulary);
        if (heads % keyHeads != 0) {
            throw new ModelException(config.source() + ": num_key_value_heads is " + keyHeads
                    + "; it must divide num_attention_heads, which is " + heads + ".");
        }
        return this;
    }

    private static void atLeastOne(ModelConfig config, String key, int value) {
        if (value < 1) {
            throw new ModelException(config.source() + ": " + key + " is " + value + "; it must be at least 1.");
        }
    }
}
