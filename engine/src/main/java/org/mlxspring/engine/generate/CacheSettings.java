package org.mlxspring.engine.generate;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Fast.Mask;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.model.LanguageModel;
import org.mlxspring.engine.nn.KeyValueCache;

/**
 * How keys and values are kept while a text grows.
 *
 * @param maxSize most tokens that are kept: the first four and the last ones; empty for all. Without effect on models of
 *     {@link #isBounded families} whose layers choose their caches, as in mlx-lm
 * @param packing how they are packed, if they are
 * @param stored a file of mlx-lm's {@code cache_prompt} with the keys and values of what comes before the prompt
 */
public record CacheSettings(OptionalInt maxSize, Optional<KeyPacking> packing, Optional<Path> stored) {

    /** Everything is kept, in the model's own precision. */
    public static final CacheSettings PLAIN =
            new CacheSettings(OptionalInt.empty(), Optional.empty(), Optional.empty());

    /** Families to which mlx-lm gives caches by layer, so that a size for all has no effect. */
    private static final Set<String> CHOOSING =
            Set.of("cohere2", "gemma3_text", "gpt_oss", "iquestcoder", "llama", "ministral3", "mistral", "xverse");

    public CacheSettings {
        maxSize.ifPresent(size -> SamplerSettings.require(
                "max_kv_size", size, size > RotatingCache.KEPT, "at least 5, since the first four tokens stay"));
    }

    /** Whether {@code maxSize} has an effect on a model of this {@code model_type}. */
    public static boolean isBounded(String modelType) {
        return !CHOOSING.contains(modelType);
    }

    /**
     * One cache per layer.
     *
     * @param owner scope that they live in
     * @throws IllegalArgumentException if the model's attention, or the stored caches, do not go with the settings
     */
    List<? extends KeyValueCache> caches(LanguageModel model, String modelType, Scope owner) {
        packing.ifPresent(given -> requireReadable(model, given));
        if (stored.isPresent()) {
            return new StoredCaches(stored.get()).open(model.layers().size(), packing, owner);
        }
        if (maxSize.isPresent() && isBounded(modelType)) {
            if (packing.isPresent()) {
                throw new IllegalArgumentException(
                        "max_kv_size and kv_bits do not go together: a cache of a fixed size cannot be packed.");
            }
            return each(model)
                    .map(layer -> new RotatingCache(owner, maxSize.getAsInt()))
                    .toList();
        }
        return trimmable(model, owner);
    }

    /** Caches that keep every token, so that some can be taken back. */
    List<TrimmableCache> growing(LanguageModel model, Scope owner) {
        if (stored.isPresent()) {
            throw new IllegalArgumentException(
                    "A stored prompt cache does not go with a draft model, which has not seen that prompt.");
        }
        packing.ifPresent(given -> requireReadable(model, given));
        return trimmable(model, owner);
    }

    private List<TrimmableCache> trimmable(LanguageModel model, Scope owner) {
        return each(model)
                .<TrimmableCache>map(
                        layer -> packing.isPresent() ? new PackingCache(owner, packing.get()) : new GrowingCache(owner))
                .toList();
    }

    private static Stream<?> each(LanguageModel model) {
        return model.layers().stream();
    }

    /** Describes a step with packed keys and values, without computing it, to know before a long text is half done. */
    private static void requireReadable(LanguageModel model, KeyPacking packing) {
        try (Scope unused = Scope.open()) {
            List<PackedCache> caches = each(model)
                    .map(layer -> new PackedCache(unused, packing.format()))
                    .toList();
            model.nextLogits(Array.of(new int[] {0}, 1, 1), caches, new Mask.None());
        } catch (UnsupportedOperationException e) {
            throw new IllegalArgumentException("kv_bits cannot be used with this model: its " + e.getMessage() + ".");
        }
    }
}
