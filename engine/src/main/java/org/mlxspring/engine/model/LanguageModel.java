package org.mlxspring.engine.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Fast.Mask;
import org.mlxspring.engine.array.Gradient;
import org.mlxspring.engine.nn.Embedding;
import org.mlxspring.engine.nn.KeyValueCache;
import org.mlxspring.engine.nn.Linear;
import org.mlxspring.engine.nn.MatrixLayer;
import org.mlxspring.engine.nn.Module;
import org.mlxspring.engine.nn.Norm;
import org.mlxspring.engine.nn.Parameter;
import org.mlxspring.engine.nn.QuantizedWeight;
import org.mlxspring.engine.nn.SlidingWindow;

/** A decoder: embedding, layers, a last norm, and the projection to token scores. */
public final class LanguageModel implements Module {

    private final Embedding embedding;
    private final List<DecoderLayer> layers;
    private final Norm norm;
    private final Optional<Linear> head;
    private final Peculiarities peculiarities;
    private boolean checkpointing;

    /**
     * What a family does besides.
     *
     * @param embedded applied to the embeddings of the tokens [batch, length, features]
     * @param scored applied to the token scores [..., vocabulary]
     * @param normName name of the last norm in weight files
     */
    record Peculiarities(UnaryOperator<Array> embedded, UnaryOperator<Array> scored, String normName) {

        static final Peculiarities NONE =
                new Peculiarities(UnaryOperator.identity(), UnaryOperator.identity(), "model.norm");

        Peculiarities withEmbedded(UnaryOperator<Array> change) {
            return new Peculiarities(change, scored, normName);
        }

        Peculiarities withScored(UnaryOperator<Array> change) {
            return new Peculiarities(embedded, change, normName);
        }

        Peculiarities withNormName(String name) {
            return new Peculiarities(embedded, scored, name);
        }
    }

    /**
     * @param head projection to token scores; empty where the embedding serves as one
     */
    LanguageModel(Embedding embedding, List<? extends DecoderLayer> layers, Norm norm, Optional<Linear> head) {
        this(embedding, layers, norm, head, Peculiarities.NONE);
    }

    /**
     * @param head projection to token scores; empty where the embedding serves as one
     */
    LanguageModel(
            Embedding embedding,
            List<? extends DecoderLayer> layers,
            Norm norm,
            Optional<Linear> head,
            Peculiarities peculiarities) {
        this.embedding = embedding;
        this.layers = List.copyOf(layers);
        this.norm = norm;
        this.head = head;
        this.peculiarities = peculiarities;
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
        return nextLogits(tokens, 1, caches, mask).squeeze(1);
    }

    /**
     * Scores of the next token after each of the last positions.
     *
     * @param count number of positions
     * @return [batch, count, vocabulary]
     */
    public Array nextLogits(Array tokens, int count, List<? extends KeyValueCache> caches, Mask mask) {
        int length = tokens.dim(1);
        return project(hidden(tokens, caches, mask).slice(1, length - count, length));
    }

    /**
     * Adds tokens to the caches, without scores of what comes after them.
     *
     * @param tokens int32 [batch, length], following the tokens that the caches hold
     */
    public void read(Array tokens, List<? extends KeyValueCache> caches, Mask mask) {
        hidden(tokens, caches, mask);
    }

    /** Features before the projection to token scores: int32 [batch, length] to [batch, length, features]. */
    public Array features(Array tokens) {
        return features(tokens, causal(tokens));
    }

    /**
     * As {@link #features(Array)}, of a batch that is laid out otherwise.
     *
     * @param mask which positions each sees
     */
    public Array features(Array tokens, Mask mask) {
        return norm.apply(through(layers, embedded(tokens), mask));
    }

    /**
     * What the first layers give: int32 [batch, length] to [batch, length, features].
     *
     * @param count number of layers
     * @param mask which positions each sees
     */
    public Array activations(int count, Array tokens, Mask mask) {
        return through(layers.subList(0, count), embedded(tokens), mask);
    }

    /**
     * As {@link #features(Array, Mask)}, from what the first layers gave.
     *
     * @param activations those of {@link #activations}
     * @param count number of layers that they went through
     */
    public Array featuresAfter(int count, Array activations, Mask mask) {
        return norm.apply(through(layers.subList(count, layers.size()), activations, mask));
    }

    /** The mask of a text without padding. */
    public static Mask causal(Array tokens) {
        return tokens.dim(1) == 1 ? new Mask.None() : new Mask.Causal();
    }

    private Array embedded(Array tokens) {
        return peculiarities.embedded.apply(embedding.apply(tokens));
    }

    private Array through(List<DecoderLayer> some, Array x, Mask mask) {
        Map<Optional<SlidingWindow>, Mask> masks = new HashMap<>();
        Array h = x;
        for (DecoderLayer layer : some) {
            h = checkpointing
                    ? checkpointed(layer, h, mask)
                    : layer.apply(
                            h,
                            masks.computeIfAbsent(layer.window(), window -> windowed(layer, mask, x.dim(1))),
                            Optional.empty());
        }
        return h;
    }

    /** The features of tokens that follow those in the caches. */
    private Array hidden(Array tokens, List<? extends KeyValueCache> caches, Mask mask) {
        Array h = embedded(tokens);
        Map<Optional<SlidingWindow>, Mask> masks = new HashMap<>();
        for (int i = 0; i < layers.size(); i++) {
            KeyValueCache cache = caches.get(i);
            // Layers with the same window share a mask; their caches are of one kind.
            Mask seen =
                    masks.computeIfAbsent(layers.get(i).window(), window -> cache.mask(mask, tokens.dim(1), window));
            h = layers.get(i).apply(h, seen, Optional.of(cache));
        }
        return norm.apply(h);
    }

    /** Token scores of features: [..., features] to [..., vocabulary]. */
    public Array project(Array features) {
        return peculiarities.scored.apply(head.isPresent() ? head.get().apply(features) : embedding.asLinear(features));
    }

    /** The layer that {@link #project} multiplies features with: a row of its weight per token of the vocabulary. */
    public MatrixLayer head() {
        return head.isPresent() ? head.get() : embedding;
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
        int length = x.dim(1);
        trained.forEach(parameter -> inputs.add(parameter.value()));
        return Gradient.checkpoint(
                        given -> Substitution.with(
                                trained,
                                given.subList(1, given.size()),
                                // The function runs again later, when arrays made outside of it are gone.
                                () -> List.of(layer.apply(
                                        given.getFirst(), windowed(layer, mask, length), Optional.empty()))),
                        inputs)
                .getFirst();
    }

    private static Mask windowed(DecoderLayer layer, Mask mask, int length) {
        return layer.window().map(window -> window.narrow(mask, length, 0)).orElse(mask);
    }

    public Embedding embedding() {
        return embedding;
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

    /** Number of weights, those of packed weights counted before they were packed. */
    public long size() {
        long[] size = {0};
        visit("", new Visitor() {
            @Override
            public void parameter(String name, Parameter parameter) {
                size[0] += parameter.value().size();
            }

            @Override
            public void layer(String name, MatrixLayer layer) {
                if (layer.weight() instanceof QuantizedWeight packed) {
                    packed.visit(name, new Visitor() {
                        @Override
                        public void parameter(String part, Parameter parameter) {
                            size[0] -= parameter.value().size();
                        }
                    });
                    size[0] += IntStream.of(packed.shape()).asLongStream().reduce(1, Math::multiplyExact);
                }
            }
        });
        return size[0];
    }

    /** Every layer made of one weight, by its name in weight files. */
    public Map<String, MatrixLayer> matrixLayers() {
        Map<String, MatrixLayer> found = new LinkedHashMap<>();
        visit("", new Visitor() {
            @Override
            public void layer(String name, MatrixLayer layer) {
                found.put(name, layer);
            }
        });
        return found;
    }

    @Override
    public void visit(String path, Visitor visitor) {
        embedding.visit("model.embed_tokens", visitor);
        for (int i = 0; i < layers.size(); i++) {
            layers.get(i).visit(layerPath(i), visitor);
        }
        norm.visit(peculiarities.normName, visitor);
        head.ifPresent(present -> present.visit("lm_head", visitor));
    }

    /** Builds a model from a configuration and its weights: a line of the registry. */
    interface Family extends BiFunction<ModelConfig, Weights, LanguageModel> {}
}
