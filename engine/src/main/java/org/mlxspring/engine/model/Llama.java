package org.mlxspring.engine.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mlxspring.engine.nn.Activation;
import org.mlxspring.engine.nn.Attention;
import org.mlxspring.engine.nn.GatedMlp;
import org.mlxspring.engine.nn.Linear;
import org.mlxspring.engine.nn.Mixer;
import org.mlxspring.engine.nn.Projections;

/**
 * Llama and Mistral: grouped-query attention with rotary embedding, RMSNorm before each part, gated MLP.
 *
 * @param hidden features between layers
 * @param layers number of layers
 * @param mlp features inside the MLP
 * @param heads query heads
 * @param keyHeads heads of keys and values
 * @param headDim features per head
 * @param vocabulary number of tokens
 * @param tied whether the embedding is also the projection to token scores
 */
record Llama(
        int hidden,
        int layers,
        int mlp,
        int heads,
        int keyHeads,
        int headDim,
        float normEps,
        int vocabulary,
        boolean queryKeyValueBias,
        boolean outputBias,
        boolean mlpBias,
        boolean tied) {

    static LanguageModel build(ModelConfig config, Weights weights) {
        boolean bias = config.boolOr("attention_bias", false);
        return of(config, bias, bias, config.boolOr("mlp_bias", false)).build(config, weights, 10_000);
    }

    /** Qwen2: the same with biases on queries, keys and values alone. */
    static LanguageModel buildQwen2(ModelConfig config, Weights weights) {
        return of(config, true, false, false).build(config, weights, 1_000_000);
    }

    private static Llama of(ModelConfig config, boolean queryKeyValueBias, boolean outputBias, boolean mlpBias) {
        int hidden = config.requiredInt("hidden_size");
        int heads = config.requiredInt("num_attention_heads");
        return new Llama(
                hidden,
                config.requiredInt("num_hidden_layers"),
                config.requiredInt("intermediate_size"),
                heads,
                config.intOr("num_key_value_heads", heads),
                config.intOr("head_dim", hidden / heads),
                config.requiredFloat("rms_norm_eps"),
                config.requiredInt("vocab_size"),
                queryKeyValueBias,
                outputBias,
                mlpBias,
                config.boolOr("tie_word_embeddings", true));
    }

    private LanguageModel build(ModelConfig config, Weights weights, double defaultRopeBase) {
        weights.drop(name -> name.contains("self_attn.rotary_emb.inv_freq") || tied && name.equals("lm_head.weight"));
        List<DecoderLayer> blocks = new ArrayList<>();
        for (int i = 0; i < layers; i++) {
            blocks.add(block(config, weights, LanguageModel.layerPath(i), defaultRopeBase));
        }
        Optional<Linear> head =
                tied ? Optional.empty() : Optional.of(weights.linear("lm_head", hidden, vocabulary, false));
        return new LanguageModel(
                weights.embedding("model.embed_tokens", vocabulary, hidden),
                blocks,
                weights.rmsNorm("model.norm", hidden, normEps),
                head);
    }

    private TransformerBlock block(ModelConfig config, Weights weights, String path, double defaultRopeBase) {
        String attention = path + ".self_attn";
        return new TransformerBlock(
                new Attention(
                        new Projections.Separate(
                                weights.linear(attention + ".q_proj", hidden, heads * headDim, queryKeyValueBias),
                                weights.linear(attention + ".k_proj", hidden, keyHeads * headDim, queryKeyValueBias),
                                weights.linear(attention + ".v_proj", hidden, keyHeads * headDim, queryKeyValueBias),
                                heads,
                                keyHeads,
                                Optional.empty()),
                        weights.linear(attention + ".o_proj", heads * headDim, hidden, outputBias),
                        Optional.of(RopeScaling.build(config, headDim, defaultRopeBase)),
                        Mixer.scaled(1 / Math.sqrt(headDim))),
                new GatedMlp(
                        weights.linear(path + ".mlp.gate_proj", hidden, mlp, mlpBias),
                        weights.linear(path + ".mlp.down_proj", mlp, hidden, mlpBias),
                        weights.linear(path + ".mlp.up_proj", hidden, mlp, mlpBias),
                        Activation.SILU),
                weights.rmsNorm(path + ".input_layernorm", hidden, normEps),
                weights.rmsNorm(path + ".post_attention_layernorm", hidden, normEps),
                Optional.empty());
    }
}
