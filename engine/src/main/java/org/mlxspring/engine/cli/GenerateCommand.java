package org.mlxspring.engine.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mlxspring.engine.array.Mlx;
import org.mlxspring.engine.generate.Generation;
import org.mlxspring.engine.generate.Generator;
import org.mlxspring.engine.generate.SamplerSettings;
import org.mlxspring.engine.text.StreamingDetokenizer;
import org.mlxspring.engine.text.Tokenizer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** {@code mlx generate}: continues a prompt, piece by piece as the text comes. */
@Command(
        name = "generate",
        description = "Answer a prompt with a model and, if given, an adapter.",
        abbreviateSynopsis = true,
        sortOptions = false)
final class GenerateCommand implements Callable<Integer> {

    private static final String RULE = "=".repeat(10);

    @Spec
    private CommandSpec spec;

    @Mixin
    private UnsupportedGeneration unsupported = new UnsupportedGeneration();

    @Option(names = "--model", paramLabel = "FOLDER", description = "Folder of the model.")
    private @Nullable String model;

    @Option(names = "--adapter-path", paramLabel = "FOLDER", description = "Folder of an adapter on it.")
    private @Nullable Path adapterPath;

    @Option(
            names = {"-p", "--prompt"},
            paramLabel = "TEXT",
            defaultValue = "hello",
            description = "The prompt; \\n and \\t are a new line and a tab; - reads standard input (default: hello).")
    private String prompt = "";

    @Option(names = "--system-prompt", paramLabel = "TEXT", description = "A system message before the prompt.")
    private @Nullable String systemPrompt;

    @Option(names = "--prefill-response", paramLabel = "TEXT", description = "How the answer begins.")
    private @Nullable String prefillResponse;

    @Option(
            names = {"-m", "--max-tokens"},
            paramLabel = "N",
            defaultValue = "100",
            description = "Most tokens to generate (default: ${DEFAULT-VALUE}).")
    private int maxTokens;

    @Option(
            names = "--temp",
            paramLabel = "X",
            defaultValue = "0",
            description = "Temperature; 0 always takes the most likely token (default: 0).")
    private double temperature;

    @Option(
            names = "--top-p",
            paramLabel = "X",
            defaultValue = "1",
            description = "Nucleus sampling (default: 1, off).")
    private double topP;

    @Option(
            names = "--min-p",
            paramLabel = "X",
            defaultValue = "0",
            description = "Least probability relative to the most likely token (default: 0, off).")
    private double minP;

    @Option(
            names = "--top-k",
            paramLabel = "N",
            defaultValue = "0",
            description = "Most likely tokens that are kept (default: 0, all).")
    private int topK;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the sampling (default: another one each time).")
    private @Nullable Long seed;

    @Option(names = "--ignore-chat-template", description = "Give the model the bare prompt.")
    private boolean ignoreChatTemplate;

    @Option(
            names = "--chat-template-config",
            paramLabel = "JSON",
            description = "Variables for the chat template, such as '{\"enable_thinking\": false}'.")
    private @Nullable String chatTemplateConfig;

    @Option(
            names = "--extra-eos-token",
            paramLabel = "TOKEN",
            arity = "1..*",
            description = "Further tokens that end the text.")
    private List<String> extraEndTokens = List.of();

    @Option(
            names = "--verbose",
            paramLabel = "BOOL",
            arity = "0..1",
            defaultValue = "True",
            fallbackValue = "True",
            description = "Also print token rates and memory (default: True); False prints the text alone.")
    private String verbose = "";

    @Override
    public Integer call() throws IOException {
        unsupported.refuse();
        if (model == null) {
            throw new UsageException("--model is missing: give the model's folder.");
        }
        if (maxTokens < 1) {
            throw new UsageException("--max-tokens is " + maxTokens + "; it must be at least 1.");
        }
        SamplerSettings sampling = new SamplerSettings(
                temperature, topP, minP, topK, seed == null ? System.nanoTime() & Integer.MAX_VALUE : seed);
        PromptText asked = new PromptText(
                prompt.equals("-")
                        ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                        : prompt.replace("\\n", "\n").replace("\\t", "\t"),
                Optional.ofNullable(systemPrompt),
                Optional.ofNullable(prefillResponse),
                !ignoreChatTemplate,
                templateVariables());
        try (Generator generator =
                Generator.load(ModelFolder.require("--model", model), Optional.ofNullable(adapterPath))) {
            int[] tokens = asked.tokens(generator.tokenizer());
            if (tokens.length == 0) {
                throw new UsageException("--prompt is empty; it needs at least one token.");
            }
            generate(generator, tokens, sampling);
        }
        return 0;
    }

    private void generate(Generator generator, int[] tokens, SamplerSettings sampling) {
        boolean rates = !Set.of("false", "f").contains(verbose.toLowerCase(Locale.ROOT));
        PrintWriter out = spec.commandLine().getOut();
        StreamingDetokenizer text = generator.tokenizer().detokenizer();
        if (rates) {
            out.println(RULE);
        }
        Generation generation =
                generator.generate(tokens, maxTokens, sampling, endTokens(generator.tokenizer()), token -> {
                    out.print(text.add(token));
                    out.flush();
                    return true;
                });
        out.println(text.finish());
        if (rates) {
            out.println(RULE);
            out.println(summary(generation));
        }
    }

    private static String summary(Generation generation) {
        if (generation.tokens().length == 0) {
            return "No text generated for this prompt";
        }
        return String.format(
                Locale.ROOT,
                "Prompt: %d tokens, %.3f tokens-per-sec%n"
                        + "Generation: %d tokens, %.3f tokens-per-sec%n"
                        + "Peak memory: %.3f GB",
                generation.promptTokens(),
                generation.promptTokens() / generation.promptSeconds(),
                generation.tokens().length,
                generation.tokens().length / generation.seconds(),
                Mlx.peakMemory() / 1e9);
    }

    private Set<Integer> endTokens(Tokenizer tokenizer) {
        Set<Integer> ends = new HashSet<>(tokenizer.endTokens());
        for (String token : extraEndTokens) {
            OptionalInt id = tokenizer.idOf(token);
            if (id.isEmpty()) {
                throw new UsageException("--extra-eos-token " + token + ": the model's vocabulary has no such token.");
            }
            ends.add(id.getAsInt());
        }
        return ends;
    }

    private Map<String, Object> templateVariables() {
        if (chatTemplateConfig == null) {
            return Map.of();
        }
        try {
            return JsonMapper.shared().readValue(chatTemplateConfig, new TypeReference<Map<String, Object>>() {});
        } catch (JacksonException e) {
            throw new UsageException("--chat-template-config is no JSON object: " + e.getOriginalMessage());
        }
    }
}
