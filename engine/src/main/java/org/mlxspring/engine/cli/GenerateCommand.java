package org.mlxspring.engine.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.mlxspring.engine.generate.GenerateSettings;
import org.mlxspring.engine.generate.Generation;
import org.mlxspring.engine.generate.Generator;
import org.mlxspring.engine.text.StreamingDetokenizer;
import org.mlxspring.engine.text.Tokenizer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mlx generate}: continues a prompt, piece by piece as the text comes. */
@Command(
        name = "generate",
        description = {"Answer a prompt with a model and, if given, an adapter.", ""},
        abbreviateSynopsis = true,
        sortOptions = false)
final class GenerateCommand implements Callable<Integer> {

    private static final String RULE = "=".repeat(10);

    @Spec
    private CommandSpec spec;

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

    @Option(
            names = "--prompts",
            paramLabel = "FILE",
            description = "A file with a prompt on each line; they are answered together, and printed at the end.")
    private @Nullable Path prompts;

    @Option(names = "--system-prompt", paramLabel = "TEXT", description = "A system message before the prompt.")
    private @Nullable String systemPrompt;

    @Option(names = "--prefill-response", paramLabel = "TEXT", description = "How the answer begins.")
    private @Nullable String prefillResponse;

    @Option(
            names = {"-m", "--max-tokens"},
            paramLabel = "N",
            defaultValue = "100",
            description = "Most tokens to generate; -1 for no limit (default: ${DEFAULT-VALUE}).")
    private int maxTokens;

    @Mixin
    private SamplingFlags sampling = new SamplingFlags();

    @Mixin
    private PenaltyFlags penalties = new PenaltyFlags();

    @Option(
            names = "--prefill-step-size",
            paramLabel = "N",
            defaultValue = "" + GenerateSettings.DEFAULT_PREFILL_STEP,
            description =
                    "Tokens of the prompt computed at a time; fewer need less memory (default: ${DEFAULT-VALUE}).")
    private int prefillStepSize;

    @Mixin
    private CacheFlags caches = new CacheFlags();

    @Mixin
    private DraftFlags draft = new DraftFlags();

    @Option(names = "--ignore-chat-template", description = "Give the model the bare prompt.")
    private boolean ignoreChatTemplate;

    @Mixin
    private ChatTemplateConfig templateConfig = new ChatTemplateConfig();

    @Option(
            names = "--extra-eos-token",
            paramLabel = "TOKEN",
            arity = "1..*",
            description = "Further tokens that end the text, or their ids.")
    private List<String> extraEndTokens = List.of();

    @Option(
            names = "--verbose",
            paramLabel = "BOOL",
            arity = "0..1",
            defaultValue = "True",
            fallbackValue = "True",
            description = "Also print token rates and memory (default: True); False prints the text alone.")
    private String verbose = "";

    @Mixin
    private UnsupportedGeneration unsupported = new UnsupportedGeneration();

    @Override
    public Integer call() throws IOException {
        unsupported.refuse();
        String folder = caches.model(model);
        if (maxTokens < 1 && maxTokens != -1) {
            throw new UsageException("--max-tokens is " + maxTokens + "; it must be at least 1, or -1 for no limit.");
        }
        List<PromptText> asked = asked();
        try (Generator generator =
                Generator.load(ModelFolder.require("--model", folder), Optional.ofNullable(adapterPath))) {
            caches.warning(generator.modelType()).ifPresent(this::warn);
            List<int[]> tokens = asked.stream()
                    .map(text -> tokens(text, generator.tokenizer()))
                    .toList();
            GenerateSettings settings = new GenerateSettings(
                    maxTokens == -1 ? Integer.MAX_VALUE : maxTokens,
                    sampling.settings(generator.tokenizer()),
                    penalties.penalties(),
                    prefillStepSize,
                    caches.settings());
            if (prompts == null) {
                generate(generator, tokens.getFirst(), settings);
            } else {
                generateAll(generator, tokens, settings);
            }
        }
        return 0;
    }

    private List<PromptText> asked() throws IOException {
        if (prompts == null) {
            return List.of(asked(
                    prompt.equals("-")
                            ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                            : PromptsFile.unescaped(prompt)));
        }
        draft.refuse("--prompts");
        return new PromptsFile(prompts).read().stream().map(this::asked).toList();
    }

    private PromptText asked(String text) {
        return new PromptText(
                text,
                Optional.ofNullable(systemPrompt),
                Optional.ofNullable(prefillResponse),
                !ignoreChatTemplate,
                templateConfig.variables());
    }

    private int[] tokens(PromptText asked, Tokenizer tokenizer) {
        int[] tokens = caches.hasStored() ? asked.tokensFromMessage(tokenizer) : asked.tokens(tokenizer);
        if (tokens.length == 0) {
            throw new UsageException("--prompt is empty; it needs at least one token.");
        }
        return tokens;
    }

    private void warn(String message) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(spec.qualifiedName() + ": " + message);
        err.flush();
    }

    private void generate(Generator generator, int[] tokens, GenerateSettings settings) {
        Set<Integer> ends = endTokens(generator.tokenizer());
        Optional<Generator> small = draft.load(generator.tokenizer());
        try {
            print(
                    generator.tokenizer().detokenizer(),
                    onToken -> small.isPresent()
                            ? generator.generate(tokens, draft.draft(small.get()), settings, ends, onToken)
                            : generator.generate(tokens, settings, ends, onToken));
        } finally {
            small.ifPresent(Generator::close);
        }
    }

    private void print(StreamingDetokenizer text, Function<IntPredicate, Generation> generating) {
        PrintWriter out = spec.commandLine().getOut();
        printRule(out);
        Generation generation = generating.apply(token -> {
            out.print(text.add(token));
            out.flush();
            return true;
        });
        out.println(text.finish());
        printRates(out, List.of(generation));
    }

    private void generateAll(Generator generator, List<int[]> tokens, GenerateSettings settings) {
        List<Generation> generations = generator.generateAll(tokens, settings, endTokens(generator.tokenizer()));
        PrintWriter out = spec.commandLine().getOut();
        for (Generation generation : generations) {
            printRule(out);
            StreamingDetokenizer text = generator.tokenizer().detokenizer();
            for (int token : generation.tokens()) {
                out.print(text.add(token));
            }
            out.println(text.finish());
        }
        printRates(out, generations);
    }

    private void printRule(PrintWriter out) {
        if (tellsRates()) {
            out.println(RULE);
        }
    }

    private void printRates(PrintWriter out, List<Generation> generations) {
        printRule(out);
        if (tellsRates()) {
            out.println(new GenerationReport(generations));
        }
    }

    private boolean tellsRates() {
        return !Set.of("false", "f").contains(verbose.toLowerCase(Locale.ROOT));
    }

    private Set<Integer> endTokens(Tokenizer tokenizer) {
        Set<Integer> ends = new HashSet<>(tokenizer.endTokens());
        for (String token : extraEndTokens) {
            OptionalInt id =
                    token.matches("\\d{1,9}") ? OptionalInt.of(Integer.parseInt(token)) : tokenizer.idOf(token);
            if (id.isEmpty()) {
                throw new UsageException("--extra-eos-token " + token + ": the model's vocabulary has no such token.");
            }
            ends.add(id.getAsInt());
        }
        return ends;
    }
}
