package org.mlxspring.engine.generate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.mlxspring.engine.adapter.AdapterFolder;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Fast.Mask;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.model.LanguageModel;
import org.mlxspring.engine.model.ModelConfig;
import org.mlxspring.engine.model.ModelRegistry;
import org.mlxspring.engine.text.Tokenizer;

/** A loaded model and tokenizer that continues prompts. Used on the thread that owns MLX; closed in reverse order. */
public final class Generator implements AutoCloseable {

    private final Scope scope;
    private final LanguageModel model;
    private final String modelType;
    private final Tokenizer tokenizer;

    private Generator(Scope scope, LanguageModel model, String modelType, Tokenizer tokenizer) {
        this.scope = scope;
        this.model = model;
        this.modelType = modelType;
        this.tokenizer = tokenizer;
    }

    /**
     * Loads a model folder and, if given, an adapter on it.
     *
     * @throws org.mlxspring.engine.model.ModelException if the model cannot be used
     * @throws org.mlxspring.engine.adapter.AdapterException if the adapter does not fit it
     */
    public static Generator load(Path folder, Optional<Path> adapter) {
        Scope scope = Scope.open();
        try {
            LanguageModel model = ModelRegistry.load(folder);
            String modelType = ModelConfig.read(folder).modelType();
            adapter.ifPresent(path -> new AdapterFolder(path).load(model));
            return new Generator(scope, model, modelType, Tokenizer.load(folder));
        } catch (RuntimeException e) {
            scope.close();
            throw e;
        }
    }

    public LanguageModel model() {
        return model;
    }

    /** The {@code model_type} of its configuration. */
    public String modelType() {
        return modelType;
    }

    public Tokenizer tokenizer() {
        return tokenizer;
    }

    /**
     * Continues one prompt.
     *
     * @param prompt token ids, at least one
     * @param maxTokens most tokens to generate
     * @param ends tokens that end the text
     * @param onToken receives each new token when it is there; generation ends when it answers false
     */
    public Generation generate(
            int[] prompt, int maxTokens, SamplerSettings sampling, Set<Integer> ends, IntPredicate onToken) {
        return generate(prompt, new GenerateSettings(maxTokens, sampling), ends, onToken);
    }

    /** As above, with everything that can be set. */
    public Generation generate(int[] prompt, GenerateSettings settings, Set<Integer> ends, IntPredicate onToken) {
        requireTokens(prompt);
        Answer answer = new Answer(prompt.length, ends, onToken);
        try (Scope generation = Scope.open()) {
            Steps steps =
                    new Steps(model, settings, settings.caches().caches(model, modelType, generation), generation);
            Array next = steps.first(prompt);
            for (int i = 0; i < settings.maxTokens(); i++) {
                Array current = next;
                if (i + 1 < settings.maxTokens()) {
                    next = steps.after(current);
                }
                int token = current.toInts()[0];
                current.close();
                if (!answer.add(token)) {
                    break;
                }
            }
        }
        return answer.done();
    }

    /**
     * Continues one prompt with the help of a small model. Without sampling, the text is the same as without it, as far as
     * the rounding of several tokens at once allows. Caches keep every token: a largest size has no effect.
     *
     * @throws IllegalArgumentException if caches are to come from a file
     */
    public Generation generate(
            int[] prompt, Draft draft, GenerateSettings settings, Set<Integer> ends, IntPredicate onToken) {
        requireTokens(prompt);
        Answer answer = new Answer(prompt.length, ends, onToken);
        try (Scope generation = Scope.open()) {
            SpeculativeSteps steps = new SpeculativeSteps(model, draft, settings, prompt, generation);
            int left = settings.maxTokens();
            while (left > 0) {
                for (int token : steps.next(left)) {
                    left = answer.add(token) ? left - 1 : 0;
                    if (left == 0) {
                        break;
                    }
                }
            }
        }
        return answer.done();
    }

    private static void requireTokens(int[] prompt) {
        if (prompt.length == 0) {
            throw new IllegalArgumentException("The prompt is empty; it needs at least one token.");
        }
    }

    /**
     * Continues several prompts at once, always with the most likely token. Shorter prompts are padded on the left, and
     * the padding is hidden from attention.
     *
     * @param prompts at least one, none empty
     * @return the new tokens of each, without the one that ended it
     */
    public List<int[]> generateAll(List<int[]> prompts, int maxTokens, Set<Integer> ends) {
        return generateAll(prompts, maxTokens, SamplerSettings.GREEDY, ends);
    }

    /** As above, with another choice of tokens; all prompts share the random draws, so each depends on its company. */
    public List<int[]> generateAll(List<int[]> prompts, int maxTokens, SamplerSettings sampling, Set<Integer> ends) {
        int rows = prompts.size();
        int length = prompts.stream().mapToInt(prompt -> prompt.length).max().orElseThrow();
        int[] padding =
                prompts.stream().mapToInt(prompt -> length - prompt.length).toArray();
        int[] tokens = new int[rows * length];
        for (int row = 0; row < rows; row++) {
            int[] prompt = prompts.get(row);
            System.arraycopy(prompt, 0, tokens, row * length + padding[row], prompt.length);
        }
        List<List<Integer>> answers = IntStream.range(0, rows)
                .<List<Integer>>mapToObj(row -> new ArrayList<>())
                .toList();
        boolean[] done = new boolean[rows];
        try (Scope generation = Scope.open()) {
            Sampler sampler = new Sampler(sampling);
            List<GrowingCache> caches = caches(generation);
            Array given = generation.take(Array.of(tokens, rows, length));
            for (int i = 0; i < maxTokens && !all(done); i++) {
                int[] chosen;
                try (Scope step = Scope.open()) {
                    Mask mask = new Mask.Of(Padding.mask(
                            padding, given.dim(1), caches.getFirst().offset()));
                    chosen = sampler.choose(model.nextLogits(given, caches, mask))
                            .toInts();
                }
                for (int row = 0; row < rows; row++) {
                    done[row] |= ends.contains(chosen[row]);
                    if (!done[row]) {
                        answers.get(row).add(chosen[row]);
                    }
                }
                given.close();
                given = Array.of(chosen, rows, 1);
            }
        }
        return answers.stream()
                .map(answer -> answer.stream().mapToInt(Integer::intValue).toArray())
                .toList();
    }

    private List<GrowingCache> caches(Scope generation) {
        return model.layers().stream()
                .map(layer -> new GrowingCache(generation))
                .toList();
    }

    private static boolean all(boolean[] flags) {
        for (boolean flag : flags) {
            if (!flag) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        tokenizer.close();
        scope.close();
    }
}
