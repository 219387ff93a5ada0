package org.mlxspring.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlxspring.engine.data.TokenStore;

/** Rows to token stores by hand. */
class PrepareCommandTest {

    @TempDir
    Path folder;

    private Path data;
    private final Path model = CommandLineProcess.fixture("llama/model");

    @BeforeEach
    void rows() throws Exception {
        data = Files.createDirectory(folder.resolve("data"));
        String row = "{\"messages\": [{\"role\": \"user\", \"content\": \"Stairs?\"},"
                + " {\"role\": \"assistant\", \"content\": \"Two, and a lift.\"}]}\n";
        Files.writeString(data.resolve("train.jsonl"), row.repeat(700));
        Files.writeString(data.resolve("test.jsonl"), row);
    }

    @Test
    void eachSplitThatIsThereBecomesAStore() {
        Path tokens = folder.resolve("tokens");
        Output output = run("--tokens", tokens.toString(), "--mask-prompt");
        assertThat(output.code()).isZero();
        TokenStore train = TokenStore.open(tokens.resolve("train.tokens"));
        assertThat(train.size()).isEqualTo(700);
        assertThat(train.origin().targets()).isEqualTo("prompt");
        assertThat(train.targets(699)).hasSize(2).doesNotContain(1);
        assertThat(tokens.resolve("valid.tokens")).doesNotExist();
        assertThat(output.out().lines())
                .hasSize(2)
                .first()
                .asString()
                .startsWith(tokens.resolve("train.tokens") + ": 700 rows, " + train.tokens() + " tokens, ")
                .endsWith(" rows per second");
    }

    @Test
    void whatIsWrongIsNamed() throws Exception {
        Path tokens = folder.resolve("tokens");
        assertThat(run("--tokens", tokens.toString(), "--mask-prompt", "--loss-mask", "row")
                        .err())
                .contains("--mask-prompt and --loss-mask row contradict each other");
        assertThat(run("--tokens", tokens.toString(), "--train-mode", "kto").err())
                .contains("--train-mode is kto; it must be sft, dpo or orpo");
        Files.writeString(data.resolve("train.jsonl"), "{\"messages\": []}\n", java.nio.file.StandardOpenOption.APPEND);
        Output refused = run("--tokens", tokens.toString());
        assertThat(refused.code()).isNotZero();
        assertThat(refused.err()).contains("train.jsonl", "701");
        assertThat(tokens).isEmptyDirectory();
    }

    private record Output(int code, String out, String err) {}

    private Output run(String... flags) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] arguments = new String[flags.length + 5];
        arguments[0] = "prepare";
        arguments[1] = "--model";
        arguments[2] = model.toString();
        arguments[3] = "--data";
        arguments[4] = data.toString();
        System.arraycopy(flags, 0, arguments, 5, flags.length);
        int code = Main.commandLine(new PrintWriter(out), new PrintWriter(err)).execute(arguments);
        return new Output(code, out.toString(), err.toString());
    }
}
