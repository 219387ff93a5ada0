package org.mlxspring.engine.model;

import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.mlxspring.engine.model.LanguageModel.Peculiarities;
import org.mlxspring.engine.nn.Activation;
import org.mlxspring.engine.nn.Attention;
import org.mlxspring.engine.nn.FusedGatedMlp;
import org.mlxspring.engine.nn.GatedMlp;
import org.mlxspring.engine.nn.LayerNorm;
import org.mlxspring.engine.nn.Linear;
import org.mlxspring.engine.nn.Mixer;
import org.mlxspring.engine.nn.Norm;
import org.mlxspring.engine.nn.OffsetRmsNorm;
import org.mlxspring.engine.nn.Projections;
import org.mlxspring.engine.nn.QueryKeyNorm;
import org.mlxspring.engine.nn.RmsNorm;
import org.mlxspring.engine.nn.Rope;

/** The parts that most families have in common, taken from weights under the names that mlx-lm gives them. */
record Parts(Weights weights, Sizes sizes) {

    /**
     * A decoder of equal sizes throughout.
     *
     * @param layer builds the layer of a number
     * @param tied whether the embedding is also the projection to token scores
     */
    LanguageModel decoder(IntFunction<DecoderLayer> layer, Norm norm, boolean tied, Peculiarities peculiarities) {
        weights.drop(name -> tied && name.startsWith("lm_head."));
        return decoder(layer, norm, tied ? Optional.empty() : Optional.of(head(false)), peculiarities);
    }

    /**
     * A decoder of equal sizes throughout.
     *
     * @param layer builds the layer of a number
     * @param head projection to token scores; empty where the embedding serves as one
     */
    LanguageModel decoder(
            IntFunction<DecoderLayer> layer, Norm norm, Optional<Linear> head, Peculiarities peculiarities) {
        weights.drop(name -> name.contains("rotary_emb.inv_freq"));
        List<DecoderLayer> layers =
                IntStream.range(0, sizes.layers()).mapToObj(layer).toList();
        return new LanguageModel(
                weights.embedding("model.embed_tokens", sizes.vocabulary(), sizes.hidden()),
                layers,
                norm,
                head,
                peculiarities);
    }

    /** The projection to token scores {@code lm_head}. */
    Linear head(boolean bias) {
        return weights.linear("lm_head", sizes.hidden(), sizes.vocabulary(), bias);
    }

    /**
     * The projections {@code q_proj}, {@code k_proj} and {@code v_proj}.
     *
     * @param path of the attention
     */
    Projections.Separate projections(String path, boolean bias, Optional<QueryKeyNorm> norm) {
        int keys = sizes.keyHeads() * sizes.headDim();
        return new Projections.Separate(
                weights.linear(path + ".q_proj", sizes.hidden(), sizes.heads() * sizes.headDim(), bias),
                weights.linear(path + ".k_proj", sizes.hidden(), keys, bias),
                weights.linear(path + ".v_proj", sizes.hidden(), keys, bias),
                sizes.heads(),
                sizes.keyHeads(),
                norm);
    }

    /**
     * The projection {@code qkv_proj}.
     *
     * @param path of the attention
     */
    Projections.Fused fusedProjections(String path, boolean bias) {
        int outputs = (sizes.heads() + 2 * sizes.keyHeads()) * sizes.headDim();
        return new Projections.Fused(
                weights.linear(path + ".qkv_proj", sizes.hidden(), outputs, bias),
                sizes.heads(),
                sizes.keyHeads(),
                sizes.headDim());
    }

    /** Attention with the projection {@code o_proj}. */
    Attention attention(String path, Projections projections, boolean outputBias, Optional<Rope> rope, Mixer mixer) {
        int inputs = sizes.heads() * sizes.headDim();
        return new Attention(
                projections, weights.linear(path + ".o_proj", inputs, sizes.hidden(), outputBias), rope, mixer);
    }

    /** The usual scores: divided by the root of the features per head. */
    Mixer mixer() {
        return Mixer.scaled(1 / Math.sqrt(sizes.headDim()));
    }

    /** An RMSNorm of as many features as layers pass on, with {@code rms_norm_eps}. */
    RmsNorm norm(ModelConfig config, String path) {
        return weights.rmsNorm(path, sizes.hidden(), config.requiredFloat("rms_norm_eps"));
    }

    /** A LayerNorm of as many features as layers pass on. */
    LayerNorm layerNorm(String path, float eps, boolean bias) {
        return weights.layerNorm(path, sizes.hidden(), eps, bias);
    }

    /** As {@link #norm}, with weights that are kept less 1. */
    OffsetRmsNorm offsetNorm(ModelConfig config, String path) {
        return weights.offsetRmsNorm(path, sizes.hidden(), config.requiredFloat("rms_norm_eps"));
    }

    GatedMlp gatedMlp(String path, boolean bias, Activation activation) {
        return gatedMlp(path, bias, activation, GatedMlp.Order.GATE_DOWN_UP);
    }

    GatedMlp gatedMlp(String path, boolean bias, Activation activation, GatedMlp.Order order) {
        return new GatedMlp(
                weights.linear(path + ".gate_proj", sizes.hidden(), sizes.mlp(), bias),
                weights.linear(path + ".down_proj", sizes.mlp(), sizes.hidden(), bias),
                weights.linear(path + ".up_proj", sizes.hidden(), sizes.mlp(), bias),
                activation,
                order);
    }

    FusedGatedMlp fusedGatedMlp(String path, Activation activation) {
        return new FusedGatedMlp(
                weights.linear(path + ".gate_up_proj", sizes.hidden(), 2 * sizes.mlp(), false),
                weights.linear(path + ".down_proj", sizes.mlp(), sizes.hidden(), false),
                activation);
    }
}
