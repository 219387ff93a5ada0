package org.mlxspring.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlxspring.engine.model.Fixture;

/** The flags of {@code mlx convert}; what it writes stands in ConverterTest. */
class ConvertCommandTest {

    private static final String MODEL = new Fixture("llama").model().toString();

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void convertsAndSaysWhatItDid() throws IOException {
        String target = folder.resolve("new").toString();
        assertThat(run("-q", "--q-bits", "8", "--q-group-size", "32", "--dtype", "bfloat16", "--mlx-path", target))
                .isZero();
        assertThat(out.toString())
                .contains("Used the type bfloat16.")
                .contains("Quantized the model with 9.")
                .contains("Saved the model to " + target + ": config.json, model.safetensors");
        assertThat(Files.readString(folder.resolve("new/config.json"))).contains("\"bits\" : 8");
        assertThat(run("--mlx-path", target)).isEqualTo(Failures.WRONG_INPUT);
        assertThat(err.toString()).contains("exists already").contains("name a new folder");
    }

    @Test
    void saysThatFlagsOfQuantizationNeedQ() {
        assertThat(run("--q-bits", "8", "--mlx-path", folder.resolve("new").toString()))
                .isZero();
        assertThat(out.toString()).contains("Without -q the model is not quantized");
    }

    @Test
    void refusesWhatItCannotDo() throws IOException {
        assertRefused("-q and -d exclude each other", "-q", "-d");
        assertRefused("hf upload org/name mlx_model", "--upload-repo", "org/name");
        assertRefused("--quant-predicate is 'mixed_5_6'", "-q", "--quant-predicate", "mixed_5_6");
        assertRefused("--dtype is 'int8'", "--dtype", "int8");
        assertRefused("must be one of affine, mxfp4, mxfp8, nvfp4", "-q", "--q-mode", "gguf");
        assertRefused("7 bits are not possible", "-q", "--q-bits", "7");
        Path gguf = Files.writeString(folder.resolve("model.gguf"), "GGUF");
        assertRefused("GGUF is a format for serving", "--model", gguf.toString());
        assertRefused("GGUF is a format for serving", "--model", folder.toString());
    }

    private void assertRefused(String message, String... flags) {
        err.getBuffer().setLength(0);
        assertThat(run(flags)).isEqualTo(Failures.WRONG_INPUT);
        assertThat(err.toString()).startsWith("mlx convert: ").contains(message).hasLineCount(1);
    }

    private int run(String... flags) {
        String[] all = new String[flags.length + 3];
        all[0] = "convert";
        all[1] = "--model";
        all[2] = MODEL;
        System.arraycopy(flags, 0, all, 3, flags.length);
        return Main.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(all);
    }
}
