package org.mlxspring.engine.generate;

import java.util.List;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Mlx;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.model.LanguageModel;

/**
 * The steps of several generations at once, a row each; every step starts computing tokens before those before them have
 * been read. Shorter prompts are padded on the left, and the padding is hidden from attention.
 */
final class BatchSteps {

    private final LanguageModel model;
    private final GenerateSettings settings;
    private final Sampler sampler;
    private final Scope generation;
    private final List<GrowingCache> caches;
    private final List<int[]> prompts;
    private final int length;
    private final Padding padding;

    /**
     * @param prompts at least one, none empty
     * @param generation scope of the caches and of the tokens that are handed out
     * @throws IllegalArgumentException if the settings have what is done for one prompt only
     */
    BatchSteps(LanguageModel model, GenerateSettings settings, List<int[]> prompts, Scope generation) {
        if (settings.penalties().context() > 0 || !settings.caches().equals(CacheSettings.PLAIN)) {
            throw new IllegalArgumentException("Penalties and bounded, packed or stored keys and values are for one"
                    + " prompt at a time; leave them out, or give the prompts one by one.");
        }
        this.model = model;
        this.settings = settings;
        this.sampler = new Sampler(settings.sampling());
        this.generation = generation;
        this.prompts = prompts;
        this.caches = model.layers().stream()
                .map(layer -> new GrowingCache(generation))
                .toList();
        this.length = prompts.stream().mapToInt(prompt -> prompt.length).max().orElseThrow();
        this.padding = new Padding(
                generation,
                prompts.stream().mapToInt(prompt -> length - prompt.length).toArray());
    }

    /** The tokens after the prompts, [rows]. */
    Array first() {
        int rows = prompts.size();
        int[] tokens = new int[rows * length];
        for (int row = 0; row < rows; row++) {
            int[] prompt = prompts.get(row);
            System.arraycopy(prompt, 0, tokens, (row + 1) * length - prompt.length, prompt.length);
        }
        try (Scope reading = Scope.open()) {
            Array given = Array.of(tokens, rows, length);
            new Prefill(model, caches).run(given, Math.max(1, settings.prefillStep() / rows), padding::ofPart);
            return after(given.slice(1, length - 1, length).reshape(rows));
        }
    }

    /** The tokens after tokens [rows]; they live in the scope of the generation. */
    Array after(Array tokens) {
        Array next;
        try (Scope step = Scope.open()) {
            Array logits = model.nextLogits(
                    tokens.reshape(-1, 1),
                    caches,
                    padding.ofNext(caches.getFirst().offset() + 1));
            next = generation.take(sampler.choose(logits));
        }
        // Nothing else of the graph is held any more, so that buffers are used again.
        Mlx.asyncEval(next);
        return next;
    }

    /**
     * Goes on with some of the rows only, in the order given.
     *
     * @param tokens of all rows until now
     * @return those of the rows that are kept
     */
    Array keepRows(int[] rows, Array tokens) {
        try (Scope choosing = Scope.open()) {
            Array numbers = Array.of(rows, rows.length);
            caches.forEach(cache -> cache.keepRows(numbers));
            padding.keepRows(rows);
            Array kept = generation.take(tokens.take(numbers, 0));
            tokens.close();
            return kept;
        }
    }
}
