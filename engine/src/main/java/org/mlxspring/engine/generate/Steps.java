package org.mlxspring.engine.generate;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Fast.Mask;
import org.mlxspring.engine.array.Mlx;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.model.LanguageModel;
import org.mlxspring.engine.nn.KeyValueCache;

/** The steps of one generation, each of which starts computing a token before the one before it has been read. */
final class Steps {

    private final LanguageModel model;
    private final GenerateSettings settings;
    private final List<? extends KeyValueCache> caches;
    private final Sampler sampler;
    private final Scope generation;
    /** The last tokens, as many as the penalties look at; null where there are no penalties. */
    private @Nullable Array recent;

    /**
     * @param generation scope of the caches and of the tokens that are handed out
     */
    Steps(LanguageModel model, GenerateSettings settings, List<? extends KeyValueCache> caches, Scope generation) {
        this.model = model;
        this.settings = settings;
        this.caches = caches;
        this.sampler = new Sampler(settings.sampling());
        this.generation = generation;
    }

    /** The token after a prompt, [1]. */
    Array first(int[] prompt) {
        int last = prompt.length - 1;
        try (Scope reading = Scope.open()) {
            new Prefill(model, caches).run(Array.of(prompt, 1, prompt.length), settings.prefillStep(), Prefill::causal);
            int context = settings.penalties().context();
            if (context > 0 && last > 0) {
                int[] seen = Arrays.copyOfRange(prompt, Math.max(0, last - context), last);
                recent = generation.take(Array.of(seen, seen.length));
            }
            return after(Array.of(new int[] {prompt[last]}, 1));
        }
    }

    /** The token after a token [1]; it lives in the scope of the generation. */
    Array after(Array token) {
        Array next;
        try (Scope step = Scope.open()) {
            Array logits = model.nextLogits(token.reshape(1, 1), caches, new Mask.None());
            remember(token);
            next = generation.take(sampler.choose(settings.penalties().apply(logits, recent)));
        }
        // Nothing else of the graph is held any more, so that buffers are used again.
        Mlx.asyncEval(next);
        return next;
    }

    private void remember(Array token) {
        int context = settings.penalties().context();
        if (context == 0) {
            return;
        }
        Array before = recent;
        Array all = before == null ? token.again() : Array.concatenate(0, before, token);
        int count = all.dim(0);
        recent = generation.take(count > context ? all.slice(0, count - context, count) : all);
        if (before != null) {
            before.close();
        }
    }
}
