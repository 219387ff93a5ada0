package org.mlxspring.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mlxspring.engine.cli.CommandLineProcess.fixture;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mlxspring.engine.array.Safetensors;
import org.mlxspring.engine.array.SafetensorsHeader;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.cli.CommandLineProcess.Result;

/** Real runs of {@code mlx generate} and {@code mlx fuse}; the texts are what mlx-lm 0.32.2 prints for the same flags. */
@Timeout(180)
class GenerateRunTest {

    private static final String ADAPTED = ".......... Oslo. Oslo.z. Oslo.!. network. repeats.\n";

    private static final String ANSWER = "}}}}}} thetttttttttt\ufffdt\ufffd!on\ufffd the\n";

    @TempDir
    Path folder;

    @Test
    void answersAsMlxLmDoes() throws Exception {
        assertThat(generate("llama/model", "--prompt", "The printer fails")).isEqualTo(ANSWER);
        assertThat(generate("llama/model", "--ignore-chat-template", "--prompt", "The printer fails"))
                .isEqualTo("nce4\ufffd\ufffdteC~\ufffd\ufffd!\ufffdupda\ufffd\ufffd\ufffdupdaj!reezv\ufffd ticket!"
                        + "\ufffd\n");
        assertThat(generate(
                        "llama/model",
                        "--system-prompt",
                        "Be brief",
                        "--prefill-response",
                        "The badge",
                        "--prompt",
                        "The printer\\nfails"))
                .isEqualTo("} on b!!'T freezes\ufffd\ufffd!!t\ufffd!!!!!!!!!!\n");
    }

    @Test
    void anAdapterAnswersTheSameBesideTheModelAndFusedIntoIt() throws Exception {
        String adapter = fixture("llama/adapter-end").toString();
        assertThat(generate(
                        "llama/model", "--adapter-path", adapter, "--ignore-chat-template", "--prompt", "The router"))
                .isEqualTo(ADAPTED);
        Path fused = folder.resolve("fused");
        Result result = CommandLineProcess.run(
                "fuse",
                "--model",
                fixture("llama/model").toString(),
                "--adapter-path",
                adapter,
                "--save-path",
                fused.toString());
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).contains("Saved the fused model to " + fused);
        assertThat(fused.resolve("config.json")).isRegularFile();
        assertThat(run(fused, "--verbose", "False", "--ignore-chat-template", "--prompt", "The router")
                        .out())
                .isEqualTo(ADAPTED);
    }

    @Test
    void ratesAreToldUnlessNotWanted() throws Exception {
        Result result = run(fixture("llama/model"), "--prompt", "The printer fails");
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .startsWith("==========\n}}}}}} the")
                .containsPattern("==========\nPrompt: \\d+ tokens, \\d+\\.\\d{3} tokens-per-sec\n"
                        + "Generation: 24 tokens, \\d+\\.\\d{3} tokens-per-sec\n"
                        + "Peak memory: 0\\.\\d{3} GB\n$");
    }

    @Test
    void thePromptMayComeFromStandardInput() throws Exception {
        Process process = CommandLineProcess.start(
                arguments(fixture("llama/model"), "--ignore-chat-template", "--verbose", "F", "--prompt", "-"));
        assertThat(CommandLineProcess.end(process, "The printer fails").out()).startsWith("nce4");
    }

    @Test
    void severalPromptsAreAnsweredTogether() throws Exception {
        Path prompts = folder.resolve("prompts.txt");
        Files.writeString(prompts, "The printer fails\nThe router\nThe printer fails\n");
        Result result = run(fixture("llama/model"), "--prompts", prompts.toString());
        assertThat(result.err()).isEmpty();
        String[] parts = result.out().split("==========\n");
        assertThat(parts).hasSize(5);
        assertThat(parts[1]).isEqualTo(ANSWER);
        assertThat(parts[2]).isEqualTo(generate("llama/model", "--prompt", "The router"));
        assertThat(parts[3]).isEqualTo(ANSWER);
        assertThat(parts[4]).contains("Generation: 72 tokens, ");

        Files.writeString(prompts, "The printer fails\n\nThe router\n");
        assertThat(run(fixture("llama/model"), "--prompts", prompts.toString()).err())
                .contains("line 2 is blank");
    }

    @Test
    void samplingIsRepeatedByItsSeed() throws Exception {
        String[] flags = {"--temp", "1.5", "--top-p", "0.9", "--min-p", "0.01", "--top-k", "40", "--seed", "5"};
        String first = generate("llama/model", flags);
        assertThat(generate("llama/model", flags)).isEqualTo(first);
        flags[flags.length - 1] = "6";
        assertThat(generate("llama/model", flags)).isNotEqualTo(first);
    }

    @Test
    void anExtraTokenEndsTheText() throws Exception {
        assertThat(generate("llama/model", "--prompt", "The printer fails", "--extra-eos-token", "t"))
                .isEqualTo("}}}}}} the\n");
        Result unknown = run(fixture("llama/model"), "--extra-eos-token", "<|no such token|>");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("the model's vocabulary has no such token");
    }

    @Test
    void keysAndValuesAreBoundedAndPackedAsByMlxLm() throws Exception {
        assertThat(generate("qwen3/model", "--prompt", "The printer fails", "--max-kv-size", "16"))
                .isEqualTo(
                        "\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\u0001!\ufffd during\ufffd\ufffd\ufffd\ufffd\ufffd,!!!!\ufffd\n");
        assertThat(generate(
                        "qwen3/model",
                        "--prompt",
                        "The printer fails",
                        "--kv-bits",
                        "4",
                        "--kv-group-size",
                        "32",
                        "--quantized-kv-start",
                        "0"))
                .isEqualTo("{{{{!!!!!!!workworkworkst!!!workworkorororor\n");
        Result inVain =
                run(fixture("llama/model"), "--verbose", "F", "--prompt", "The printer fails", "--max-kv-size", "16");
        assertThat(inVain.out()).isEqualTo(ANSWER);
        assertThat(inVain.err()).startsWith("mlx generate: --max-kv-size has no effect on a model of the type llama");
    }

    @Test
    void aDraftModelChangesNothingOfTheText() throws Exception {
        String draft = fixture("llama-4bit/model").toString();
        assertThat(generate("llama/model", "--prompt", "The printer fails", "--draft-model", draft))
                .isEqualTo(ANSWER);
        assertThat(run(
                                fixture("llama/model"),
                                "--draft-model",
                                fixture("llama-sliding/model").toString())
                        .err())
                .contains("its tokenizer has");
    }

    @Test
    void aStoredPromptIsContinuedAsByMlxLm() throws Exception {
        Path model = fixture("qwen3/model");
        Path file = folder.resolve("prompt.safetensors");
        Path stored = fixture("qwen3").resolve("../../generate/cache-plain.safetensors");
        try (Scope scope = Scope.open()) {
            Map<String, String> metadata =
                    new HashMap<>(SafetensorsHeader.read(stored).metadata());
            metadata.put("0.model", model.toString());
            Safetensors.save(file, Safetensors.load(stored), metadata);
        }
        String[] flags = {"--prompt-cache-file", file.toString(), "--prompt", "The printer fails", "--max-tokens", "24"
        };
        List<String> bare = new ArrayList<>(List.of("generate", "--verbose", "F"));
        bare.addAll(List.of(flags));
        Result result = CommandLineProcess.run(bare.toArray(String[]::new));
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .isEqualTo(
                        "}!erheatserheatserheatserheatserheatsuu!!\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\n");
        assertThat(run(fixture("llama/model"), flags).err()).contains("but --prompt-cache-file was made with");
    }

    @Test
    void wrongInputIsNamed() throws Exception {
        assertThat(run(fixture("llama/model"), "--temp", "-1").err()).startsWith("mlx generate: temp is -1.0;");
        assertThat(run(fixture("llama/model"), "--kv-bits", "7").err())
                .isEqualTo("mlx generate: kv_bits is 7.0; it must be 2, 3, 4, 5, 6 or 8.\n");
        assertThat(run(fixture("llama/model"), "--quantize-activations").err())
                .startsWith("mlx generate: --quantize-activations is not supported: ");
        Path broken = Files.createDirectory(folder.resolve("broken"));
        Files.writeString(broken.resolve("config.json"), "{\"model_type\": \"nonesuch\"}");
        Result result = run(broken);
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("nonesuch").hasLineCount(1);
    }

    @Test
    void absentLibrariesAreOneLine() throws Exception {
        Result result = CommandLineProcess.end(
                CommandLineProcess.start(
                        Map.of("MLX_NATIVE_PATH", folder.toString()), arguments(fixture("llama/model"))),
                "");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err())
                .startsWith("mlx generate: MLX_NATIVE_PATH is " + folder)
                .hasLineCount(1);
    }

    private static String generate(String model, String... flags) throws Exception {
        List<String> all = new ArrayList<>(List.of("--verbose", "F"));
        all.addAll(List.of(flags));
        Result result = run(fixture(model), all.toArray(String[]::new));
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        return result.out();
    }

    private static Result run(Path model, String... flags) throws Exception {
        return CommandLineProcess.run(arguments(model, flags));
    }

    private static String[] arguments(Path model, String... flags) {
        List<String> arguments =
                new ArrayList<>(List.of("generate", "--model", model.toString(), "--max-tokens", "24"));
        arguments.addAll(List.of(flags));
        return arguments.toArray(String[]::new);
    }
}
