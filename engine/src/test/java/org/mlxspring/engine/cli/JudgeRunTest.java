package org.mlxspring.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mlxspring.engine.cli.CommandLineProcess.fixture;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlxspring.engine.cli.CommandLineProcess.Result;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs of {@code mlx evaluate}, {@code mlx perplexity} and {@code mlx render} on a fixture. */
class JudgeRunTest {

    private static final String MODEL = fixture("llama/model").toString();
    private static final String ROWS = """
            {"prompt": "Where is it?", "completion": "{\\"city\\": \\"Oslo\\", \\"floor\\": 2}"}
            {"messages": [{"role": "user", "content": "Ä?"}, {"role": "assistant", "content": "Monday."}]}
            {"messages": [{"role": "user", "content": "only asked"}]}
            """;

    @TempDir
    Path folder;

    @Test
    void baseAndAdaptersStandSideBySide() throws Exception {
        Path rows = Files.writeString(folder.resolve("test.jsonl"), ROWS);
        Path json = folder.resolve("out/figures.json");
        Path predictions = folder.resolve("predictions.jsonl");
        Result result = run(
                "evaluate",
                "--model",
                MODEL,
                "--adapter-path",
                fixture("llama/adapter-end").toString(),
                "--adapter-path",
                fixture("llama/adapter-start").toString(),
                "--data",
                folder.toString(),
                "--max-tokens",
                "4",
                "--json",
                json.toString(),
                "--predictions",
                predictions.toString());
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out().lines().toList())
                .hasSizeGreaterThan(10)
                .anyMatch(line -> line.matches(" +base +adapter-end +over base +adapter-start +over base"))
                .anyMatch(line -> line.matches("loss +\\d\\.\\d{4} +\\d\\.\\d{4} +[+-]\\d\\.\\d{4} .*"))
                .anyMatch(line -> line.startsWith("exact match            0.000 [0.000, 0.000]  "))
                .contains("Rows: 3 for the loss, 2 answered.", "field accuracy: city: 1 rows.");
        JsonNode figures = new JsonMapper().readTree(Files.readString(json));
        assertThat(figures.path("data").asString()).isEqualTo(rows.toString());
        JsonNode adapter = figures.path("contenders").path("adapter-end");
        assertThat(adapter.path("metrics").propertyNames())
                .containsExactly(
                        "exact_match",
                        "token_f1",
                        "rouge_l",
                        "valid_json",
                        "field_accuracy",
                        "field_accuracy.city",
                        "field_accuracy.floor");
        assertThat(adapter.path("metrics").path("rouge_l").has("over_base")).isTrue();
        assertThat(figures.path("contenders")
                        .path("base")
                        .path("metrics")
                        .path("rouge_l")
                        .has("over_base"))
                .isFalse();
        List<String> lines = Files.readAllLines(predictions);
        assertThat(lines).hasSize(2);
        JsonNode second = new JsonMapper().readTree(lines.get(1));
        assertThat(second.path("row").asInt()).isEqualTo(2);
        assertThat(second.path("expected").asString()).isEqualTo("Monday.");
        assertThat(second.path("scores").path("adapter-end").propertyNames())
                .containsExactly("exact_match", "token_f1", "rouge_l");
        assertThat(result.out() + result.err()).doesNotContain("Monday");
    }

    @Test
    void flagsOfMlxLmThatMakeNoSenseSayWhatDoes() {
        assertThat(run("evaluate", "--model", MODEL, "--data", "x.jsonl", "--tasks", "arc_easy", "boolq")
                        .err())
                .isEqualTo("mlx evaluate: --tasks is not supported: tasks are not downloaded; give rows of your own"
                        + " with --data FILE.\n");
        assertThat(run("evaluate", "--model", MODEL, "--data", folder.toString())
                        .err())
                .isEqualTo("mlx evaluate: --data " + folder + " has no test.jsonl with rows in it; name the file"
                        + " itself.\n");
        assertThat(run("perplexity", "--model", MODEL, "--data-path", "org/name")
                        .err())
                .isEqualTo("mlx perplexity: --data-path org/name: there is no such file or folder. Datasets are not"
                        + " downloaded; give a local file of rows.\n");
    }

    @Test
    void perplexityIsThatOfMlxLm() throws Exception {
        Result result = run(
                "perplexity",
                "--model",
                MODEL,
                "--data-path",
                fixture("llama/data").toString(),
                "--sequence-length",
                "32",
                "--num-samples",
                "6",
                "--batch-size",
                "4");
        assertThat(result.out()).startsWith("Perplexity: 723.540 \u00b1 44.355\nLoss: 6.58");
        Path text = Files.writeString(folder.resolve("a.txt"), "The network repeats. ".repeat(30));
        assertThat(run("perplexity", "--model", MODEL, "--data-path", text.toString(), "--sequence-length", "16")
                        .out())
                .contains("The rows make no more samples");
    }

    @Test
    void aConversationIsPrintedAsTheModelSeesIt() throws Exception {
        Path list =
                Files.writeString(folder.resolve("list.json"), "[{\"role\": \"user\", \"content\": \"Grüße 😀\"}]\n");
        assertThat(run("render", "--model", MODEL, "--messages", list.toString())
                        .out())
                .isEqualTo("<|im_start|>user\nGrüße 😀<|im_end|>\n<|im_start|>assistant\n");
        assertThat(run("render", "--model", MODEL, "--messages", list.toString(), "--no-generation-prompt", "--ids")
                        .out())
                .startsWith("[1, 87, ")
                .endsWith("]\n");
        Path lines = Files.writeString(folder.resolve("lines.jsonl"), ROWS);
        assertThat(run(
                                "render",
                                "--model",
                                MODEL,
                                "--messages",
                                lines.toString(),
                                "--row",
                                "2",
                                "--no-generation-prompt")
                        .out())
                .isEqualTo("<|im_start|>user\nÄ?<|im_end|>\n<|im_start|>assistant\nMonday.<|im_end|>\n");
        assertThat(run("render", "--model", MODEL, "--messages", lines.toString())
                        .err())
                .isEqualTo("mlx render: " + lines + " holds JSON lines; choose one with --row N, counted from 1.\n");
        assertThat(run("render", "--model", MODEL, "--messages", lines.toString(), "--row", "4")
                        .err())
                .isEqualTo("mlx render: --row 4: " + lines + " has the lines 1 to 3.\n");
    }

    @Test
    void toolsDocumentsAndVariablesReachTheTemplate() throws Exception {
        for (String file : List.of("tokenizer.json", "tokenizer_config.json", "config.json")) {
            Files.copy(Path.of(MODEL, file), folder.resolve(file));
        }
        Files.writeString(
                folder.resolve("chat_template.jinja"),
                "{{ tools | tojson }}|{{ documents | tojson }}|{{ enable_thinking }}|{{ add_generation_prompt }}");
        Path messages = Files.writeString(
                folder.resolve("messages.json"),
                "{\"messages\": [{\"role\": \"user\", \"content\": \"x\"}], \"tools\": [{\"name\": \"a\"}],"
                        + " \"documents\": [{\"title\": \"t\"}]}");
        assertThat(run("render", "--model", folder.toString(), "--messages", messages.toString())
                        .out())
                .isEqualTo("[{\"name\": \"a\"}]|[{\"title\": \"t\"}]|False|True");
        Path tools = Files.writeString(folder.resolve("tools.json"), "[{\"name\": \"b\"}]");
        assertThat(run(
                                "render",
                                "--model",
                                folder.toString(),
                                "--messages",
                                messages.toString(),
                                "--tools",
                                tools.toString(),
                                "--chat-template-config",
                                "{\"enable_thinking\": true}",
                                "--no-generation-prompt")
                        .out())
                .isEqualTo("[{\"name\": \"b\"}]|[{\"title\": \"t\"}]|True|False");
    }

    private static Result run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(arguments);
        return new Result(code, out.toString(), err.toString());
    }
}
