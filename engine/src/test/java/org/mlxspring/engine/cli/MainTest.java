package org.mlxspring.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlxspring.engine.cli.CommandLineProcess.Result;
import org.mlxspring.engine.ffi.EngineVersions;

/** What a person meets before anything is computed: help, versions, and errors of one line. */
class MainTest {

    @TempDir
    Path folder;

    @Test
    void aProcessEndsWithTheCodeAndOneLineOnItsStandardError() throws Exception {
        Result result = CommandLineProcess.run("lora", "--train", "--model", folder.toString(), "--data", "x");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .isEqualTo("mlx lora: --model " + folder + " is no model folder: it must hold config.json, the"
                        + " tokenizer's files and *.safetensors.\n");
    }

    @Test
    void helpAndVersionsGoToStandardOutput() {
        assertThat(run("--help").out()).startsWith("Usage: mlx ").contains("lora", "generate", "fuse", "130");
        assertThat(run("lora", "--help").out())
                .startsWith("Usage: mlx lora ")
                .contains(
                        "--grad-accumulation-steps",
                        "--metrics",
                        "What mlx-lm does not have:",
                        "--max-grad-norm",
                        "Flags win over the file");
        Result version = run("--version");
        assertThat(version.code()).isZero();
        assertThat(version.out())
                .isEqualTo("engine " + EngineVersions.ENGINE + "\nmlx " + EngineVersions.MLX + "\nmlx-c "
                        + EngineVersions.MLX_C + "\n");
    }

    @Test
    void wrongUsageNamesWhatIsWrongAndWhereToRead() {
        assertWrong("mlx: A command is missing; one of "
                + String.join(
                        ", ",
                        Main.commandLine(new PrintWriter(System.out), new PrintWriter(System.err))
                                .getSubcommands()
                                .keySet())
                + ". See 'mlx --help'.\n");
        assertWrong("mlx: Unmatched argument at index 0: 'fuze'; did you mean fuse? See 'mlx --help'.\n", "fuze");
        assertWrong(
                "mlx lora: loss_scale is 'auto'; it must be a number above 0, or 'dynamic'.\n",
                "lora",
                "--train",
                "--model",
                "model",
                "--data",
                "data",
                "--max-grad-norm",
                "1",
                "--loss-scale",
                "auto");
        assertWrong(
                "mlx lora: Unknown option: '--itres'; did you mean --iters? See 'mlx lora --help'.\n",
                "lora",
                "--itres");
        assertWrong(
                "mlx lora: Invalid value for option '--iters': 'ten' is not an int. See 'mlx lora --help'.\n",
                "lora",
                "--iters",
                "ten");
        assertWrong("mlx lora: Nothing to do: give --train, --test or both.\n", "lora");
        assertWrong("mlx lora: --config absent.yaml: there is no such file.\n", "lora", "--train", "-c", "absent.yaml");
    }

    @Test
    void theLastOfAFlagWins() {
        assertWrong(
                "mlx lora: --model second: there is no such folder.\n",
                "lora",
                "--train",
                "--data",
                "x",
                "--model",
                "first",
                "--model",
                "second");
    }

    @Test
    void aMetricsFileThatCannotBeWrittenIsNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThat(run(
                                "lora",
                                "--train",
                                "--model",
                                CommandLineProcess.fixture("llama/model").toString(),
                                "--data",
                                "x",
                                "--metrics",
                                file.resolve("metrics.jsonl").toString())
                        .err())
                .startsWith("mlx lora: --metrics " + file.resolve("metrics.jsonl") + " cannot be written: ")
                .hasLineCount(1);
    }

    @Test
    void flagsThatMakeNoSenseHereSayWhatToDoInstead() {
        assertWrong(
                "mlx lora: --report-to is not supported: no service outside this machine is told anything; use"
                        + " --metrics FILE.\n",
                "lora",
                "--train",
                "--report-to",
                "wandb");
        assertThat(run("fuse", "--upload-repo", "org/name").err()).contains("hf upload org/name fused_model");
        assertWrong(
                "mlx fuse: The GGUF type is 'q4_0'; it must be one of f16, bf16, q8_0.\n",
                "fuse",
                "--model",
                System.getProperty("java.io.tmpdir"),
                "--export-gguf",
                "--gguf-type",
                "q4_0");
    }

    @Test
    void theStackTraceIsShownOnDemand() {
        assertThat(run("lora", "--train", "--debug", "-c", "absent.yaml").err())
                .startsWith("mlx lora: --config absent.yaml: there is no such file.\n")
                .contains("at org.mlxspring.engine.cli.YamlFile.read");
    }

    private static void assertWrong(String message, String... arguments) {
        Result result = run(arguments);
        assertThat(result.err()).isEqualTo(message);
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
    }

    private static Result run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(arguments);
        return new Result(code, out.toString(), err.toString());
    }
}
