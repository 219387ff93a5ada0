package org.mlxspring.engine.adapter.gguf;

import org.mlxspring.engine.model.ModelConfig;

/**
 * What all families say of their size.
 *
 * @param hidden features between layers
 * @param headDim features per head
 */
record Dimensions(int hidden, int layers, int mlp, int heads, int keyHeads, int headDim) {

    static Dimensions of(ModelConfig config) {
        int heads = config.requiredInt("num_attention_heads");
        return of(config, config.intOr("head_dim", config.requiredInt("hidden_size") / heads));
    }

    static Dimensions of(ModelConfig config, int headDim) {
        int heads = config.requiredInt("num_attention_heads");
        return new Dimensions(
                config.requiredInt("hidden_size"),
                config.requiredInt("num_hidden_layers"),
                config.requiredInt("intermediate_size"),
                heads,
                config.intOr("num_key_value_heads", heads),
                headDim);
    }

    /** Puts the keys that all families share into the metadata. */
    void describe(String architecture, ModelConfig config, int defaultContext, Metadata metadata) {
        metadata.whole(architecture + ".block_count", layers)
                .whole(architecture + ".context_length", config.intOr("max_position_embeddings", defaultContext))
                .whole(architecture + ".embedding_length", hidden)
                .whole(architecture + ".feed_forward_length", mlp)
                .whole(architecture + ".attention.head_count", heads)
                .whole(architecture + ".attention.head_count_kv", keyHeads)
                .real(architecture + ".attention.layer_norm_rms_epsilon", config.floatOr("rms_norm_eps", 1e-6))
                .whole(architecture + ".vocab_size", config.requiredInt("vocab_size"));
    }

    void describeHeads(String architecture, Metadata metadata) {
        metadata.whole(architecture + ".attention.key_length", headDim)
                .whole(architecture + ".attention.value_length", headDim);
    }
}
