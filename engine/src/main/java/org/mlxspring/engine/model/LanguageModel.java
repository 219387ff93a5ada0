package org.mlxspring.engine.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Fast.Mask;
import org.mlxspring.engine.array.Gradient;
import org.mlxspring.engine.nn.Embedding;
import org.mlxspring.engine.nn.KeyValueCache;
import org.mlxspring.engine.nn.Linear;
import org.mlxspring.engine.nn.Module;
import org.mlxspring.engine.nn.Parameter;
import org.mlxspring.engine.nn.RmsNorm;

/** A decoder: embedding, layers, a last norm, and the projection to token scores. */
public final class LanguageModel implements Module {

    private final Embedding embedding;
    private final List<DecoderLayer> layers;
    private final RmsNorm norm;
    private final Optional<Linear> head;
    private boolean checkpointing;

    /**
     * @param head projection to token scores; empty where the embedding serves as one
     */
    LanguageModel(Embedding embedding, List<DecoderLayer> layers, RmsNorm norm, Optional<Linear> head) {
        this.embedding = embedding;
        this.layers = List.copyOf(layers);
        this.norm = norm;
        this.head = head;
    }

    /** Scores of the next token at every position: int32 [batch, length] to [batch, length, vocabulary]. */
    public Array logits(Array tokens) {
        return project(features(tokens));
    }

    /**
     * Scores of the next token after the last position, for generation.
     *
     * @param tokens int32 [batch, length], following the tokens that the caches hold
     * @param caches one per layer
     * @param mask which keys each position attends to
     * @return [batch, vocabulary]
     */
    public Array nextLogits(Array tokens, List<? extends KeyValueCache> caches, Mask mask) {
        int length = tokens.dim(1);
        Array last = hidden(tokens, Optional.of(caches), mask).slice(1, length - 1, length);
        return project(last).squeeze(1);
    }

    /** Features before the projection to token scores: int32 [batch, length] to [batch, length, features]. */
    public Array features(Array tokens) {
        return hidden(tokens, Optional.empty(), causal(tokens));
    }

    /** The mask of a text without padding. */
    public static Mask causal(Array tokens) {
        return tokens.dim(1) == 1 ? new Mask.None() : new Mask.Causal();
    }

    private Array hidden(Array tokens, Optional<? extends List<? extends KeyValueCache>> caches, Mask mask) {
        Array h = embedding.apply(tokens);
        for (int i = 0; i < layers.size(); i++) {
            int layer = i;
            Optional<KeyValueCache> cache = caches.map(all -> all.get(layer));
            h = checkpointing && cache.isEmpty()
                    ? checkpointed(layers.get(i), h, mask)
                    : layers.get(i).apply(h, mask, cache);
        }
        return norm.apply(h);
    }

    /** Token scores of features: [..., features] to [..., vocabulary]. */
    public Array project(Array features) {
        return head.isPresent() ? head.get().apply(features) : embedding.asLinear(features);
    }

    /** Whether layers are computed again in the backward pass instead of keeping their activations. */
    public void setCheckpointing(boolean checkpointing) {
        this.checkpointing = checkpointing;
    }

    private static Array checkpointed(DecoderLayer layer, Array x, Mask mask) {
        List<Parameter> trained = layer.parameters("").values().stream()
                .filter(Parameter::isTrainable)
                .toList();
        List<Array> inputs = new ArrayList<>();
        inputs.add(x);
        trained.forEach(parameter -> inputs.add(parameter.value()));
        return Gradient.checkpoint(
                        given -> Substitution.with(
                                trained,
                                given.subList(1, given.size()),
                                () -> List.of(layer.apply(given.getFirst(), mask, Optional.empty()))),
                        inputs)
                .getFirst();
    }

    public List<DecoderLayer> layers() {
        return layers;
    }

    /** The name of a layer in weight files. */
    public static String layerPath(int layer) {
        return "model.layers." + layer;
    }

    /** Every parameter by its name in weight files. */
    public Map<String, Parameter> parameters() {
        return parameters("");
    }

    /** Number of weights. */
    public long size() {
        return parameters().values().stream()
                .mapToLong(parameter -> parameter.value().size())
                .sum();
    }

    @Override
    public void visit(String path, Visitor visitor) {
        embedding.visit("model.embed_tokens", visitor);
        for (int i = 0; i < layers.size(); i++) {
            layers.get(i).visit(layerPath(i), visitor);
        }
        norm.visit("model.norm", visitor);
        head.ifPresent(present -> present.visit("lm_head", visitor));
    }

    /** Builds a model from a configuration and its weights: a line of the registry. */
    interface Family extends BiFunction<ModelConfig, Weights, LanguageModel> {}
}
