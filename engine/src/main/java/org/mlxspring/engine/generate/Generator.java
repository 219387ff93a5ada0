package org.mlxspring.engine.generate;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.mlxspring.engine.adapter.AdapterFolder;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Mlx;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.model.LanguageModel;
import org.mlxspring.engine.model.ModelConfig;
import org.mlxspring.engine.model.ModelRegistry;
import org.mlxspring.engine.nn.Parameter;
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
            Mlx.eval(model.parameters().values().stream().map(Parameter::value).toList());
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
     * Continues several prompts at once. Rows that have ended are left out of the work once they are half of it. Where
     * tokens are sampled, all prompts share the random draws, so each answer depends on its company.
     *
     * @param prompts at least one, none empty
     * @param settings without penalties and with {@link CacheSettings#PLAIN plain caches}
     * @return the answer to each
     * @throws IllegalArgumentException if the settings have more
     */
    public List<Generation> generateAll(List<int[]> prompts, GenerateSettings settings, Set<Integer> ends) {
        prompts.forEach(Generator::requireTokens);
        List<Answer> answers = prompts.stream()
                .map(prompt -> new Answer(prompt.length, ends, token -> true))
                .toList();
        try (Scope generation = Scope.open()) {
            BatchSteps steps = new BatchSteps(model, settings, prompts, generation);
            List<Answer> rows = answers;
            Array next = steps.first();
            for (int i = 0; i < settings.maxTokens(); i++) {
                Array current = next;
                if (i + 1 < settings.maxTokens()) {
                    next = steps.after(current);
                }
                int[] tokens = current.toInts();
                current.close();
                for (int row = 0; row < tokens.length; row++) {
                    rows.get(row).add(tokens[row]);
                }
                int[] open = open(rows);
                if (open.length == 0) {
                    break;
                }
                if (2 * open.length <= rows.size() && i + 1 < settings.maxTokens()) {
                    next = steps.keepRows(open, next);
                    rows = Arrays.stream(open).mapToObj(rows::get).toList();
                }
            }
        }
        return answers.stream().map(Answer::done).toList();
    }

    private static int[] open(List<Answer> rows) {
        return IntStream.range(0, rows.size())
                .filter(row -> rows.get(row).isOpen())
                .toArray();
    }

    @Override
    public void close() {
        tokenizer.close();
        scope.close();
    }
}
