package org.mlxspring.engine.generate;

import java.util.Arrays;
import java.util.List;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.model.LanguageModel;

/**
 * The steps of a generation with a draft: the small model guesses some tokens one by one, the large one chooses a token
 * after each of them in a single step, and what both agree on stays, with one more token of the large one. So it is done
 * by mlx-lm, with the same random draws.
 *
 * <p>Leviathan et al., Fast Inference from Transformers via Speculative Decoding, without its rejection sampling.
 */
final class SpeculativeSteps {

    private final Side large;
    private final Side small;
    private final Draft draft;
    private final GenerateSettings settings;
    private final Sampler sampler;
    private int[] text;
    private int largeSteps;

    /** A model, and how much of the text it has seen is the offset of its caches. */
    private record Side(LanguageModel model, List<TrimmableCache> caches) {

        int seen() {
            return caches.getFirst().offset();
        }

        void forgetAfter(int tokens) {
            int excess = seen() - tokens;
            if (excess > 0) {
                caches.forEach(cache -> cache.trim(excess));
            }
        }
    }

    /**
     * @param prompt at least one token
     * @param generation scope of the caches
     */
    SpeculativeSteps(LanguageModel model, Draft draft, GenerateSettings settings, int[] prompt, Scope generation) {
        this.large = new Side(model, settings.caches().growing(model, generation));
        this.small = new Side(draft.model(), settings.caches().growing(draft.model(), generation));
        this.draft = draft;
        this.settings = settings;
        this.sampler = new Sampler(settings.sampling());
        this.text = prompt.clone();
        prefill(small);
        prefill(large);
    }

    private void prefill(Side side) {
        try (Scope reading = Scope.open()) {
            new Prefill(side.model, side.caches).run(row(0, text.length), settings.prefillStep(), Prefill::causal);
        }
    }

    /**
     * The next tokens, at least one.
     *
     * @param most tokens that may still come
     */
    int[] next(int most) {
        int known = text.length;
        int count = Math.min(most, draft.tokens());
        for (int i = 0; i < count; i++) {
            text = with(text, choose(small, 1)[0]);
        }
        int[] chosen = choose(large, count + 1);
        largeSteps++;
        int agreed = 0;
        while (agreed < count && chosen[agreed] == text[known + agreed]) {
            agreed++;
        }
        int[] added = Arrays.copyOf(chosen, Math.min(agreed + 1, most));
        text = Arrays.copyOf(text, known + agreed);
        large.forgetAfter(text.length);
        small.forgetAfter(text.length);
        text = with(text, chosen[agreed]);
        return added;
    }

    /** How often the large model was run since the prompt. */
    int largeSteps() {
        return largeSteps;
    }

    /** Shows a model what it has not seen of the text, and chooses a token after each of the last positions. */
    private int[] choose(Side side, int count) {
        try (Scope step = Scope.open()) {
            Array unseen = row(side.seen(), text.length);
            Array logits = side.model
                    .nextLogits(unseen, count, side.caches, LanguageModel.causal(unseen))
                    .squeeze(0);
            if (settings.penalties().context() == 0) {
                return sampler.choose(logits).toInts();
            }
            Array[] chosen = new Array[count];
            for (int i = 0; i < count; i++) {
                int end = text.length - count + 1 + i;
                int start = Math.max(0, end - settings.penalties().context());
                Array recent = Array.of(Arrays.copyOfRange(text, start, end), end - start);
                chosen[i] = sampler.choose(settings.penalties().apply(logits.slice(0, i, i + 1), recent));
            }
            return Array.concatenate(0, chosen).toInts();
        }
    }

    private Array row(int from, int to) {
        return Array.of(Arrays.copyOfRange(text, from, to), 1, to - from);
    }

    private static int[] with(int[] tokens, int next) {
        int[] longer = Arrays.copyOf(tokens, tokens.length + 1);
        longer[tokens.length] = next;
        return longer;
    }
}
