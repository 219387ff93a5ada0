package org.mlxspring.engine.model;

import java.util.Optional;
import java.util.stream.IntStream;
import org.mlxspring.engine.model.LanguageModel.Peculiarities;
import org.mlxspring.engine.nn.Activation;
import org.mlxspring.engine.nn.Attention;
import org.mlxspring.engine.nn.GatedMlp;
import org.mlxspring.engine.nn.HeadLayerNorms;
import org.mlxspring.engine.nn.LayerNorm;
import org.mlxspring.engine.nn.Mixer;
import org.mlxspring.engine.nn.QueryKeyNorm;
import org.mlxspring.engine.nn.Rope;

/** StableLM: LayerNorms, a part of each head rotated, attention and MLP after or beside each other. */
record StableLm(ModelConfig config, Parts parts, float eps, Rope rope) {

    static LanguageModel build(ModelConfig config, Weights weights) {
        config.requiredInt("num_key_value_heads");
        Sizes sizes = Sizes.of(config).withHeadsOfHidden().requireHeadsOfHidden(config);
        RopeParameters parameters = RopeParameters.of(config);
        Rope rope = new Rope.Geometric(parameters.rotated(sizes.headDim()), false, parameters.base(), 1f);
        return new StableLm(config, new Parts(weights, sizes), config.requiredFloat("layer_norm_eps"), rope).build();
    }

    private LanguageModel build() {
        boolean parallel = config.boolOr("use_parallel_residual", false);
        return parts.decoder(
                layer -> parallel
                        ? parallel(LanguageModel.layerPath(layer))
                        : sequential(LanguageModel.layerPath(layer)),
                parts.layerNorm("model.norm", eps, true),
                false,
                Peculiarities.NONE);
    }

    private DecoderLayer parallel(String path) {
        return new ParallelBlock(attention(path), mlp(path), inputNorm(path), Optional.empty());
    }

    private DecoderLayer sequential(String path) {
        return new TransformerBlock(
                attention(path),
                mlp(path),
                inputNorm(path),
                parts.layerNorm(path + ".post_attention_layernorm", eps, true));
    }

    private LayerNorm inputNorm(String path) {
        return parts.layerNorm(path + ".input_layernorm", eps, true);
    }

    private GatedMlp mlp(String path) {
        return parts.gatedMlp(path + ".mlp", false, Activation.SILU);
    }

    private Attention attention(String layer) {
        String path = layer + ".self_attn";
        Sizes sizes = parts.sizes();
        Optional<QueryKeyNorm> norm = config.boolOr("qk_layernorm", false)
                ? Optional.of(new QueryKeyNorm.PerHead(
                        headNorms(path + ".q_layernorm", sizes.heads()),
                        "q_layernorm",
                        headNorms(path + ".k_layernorm", sizes.keyHeads()),
                        "k_layernorm"))
                : Optional.empty();
        return parts.attention(
                path,
                parts.projections(path, config.requiredBool("use_qkv_bias"), norm),
                false,
                Optional.of(rope),
                Mixer.inFloat32(1 / Math.sqrt(sizes.headDim())));
    }

    private HeadLayerNorms headNorms(String path, int heads) {
        return new HeadLayerNorms(
                IntStream.range(0, heads)
                        .mapToObj(head -> parts.weights()
                                .take(
                                        path + ".norms." + head + ".weight",
                                        parts.sizes().headDim()))
                        .toList(),
                eps);
    }
}
