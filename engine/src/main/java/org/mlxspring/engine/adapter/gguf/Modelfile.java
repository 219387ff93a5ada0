package org.mlxspring.engine.adapter.gguf;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.mlxspring.engine.files.DurableFile;
import org.mlxspring.engine.text.Tokenizer;

/** The file from which {@code ollama create} makes a model of a GGUF file. */
public final class Modelfile {

    private Modelfile() {}

    /**
     * Writes {@code Modelfile} beside a GGUF file.
     *
     * @param folder model folder whose chat template and end tokens are used
     */
    public static void write(Path folder, Path gguf) throws IOException {
        DurableFile.write(gguf.resolveSibling("Modelfile"), text(folder, gguf));
    }

    static String text(Path folder, Path gguf) {
        try (Tokenizer tokenizer = Tokenizer.load(folder)) {
            StringBuilder text = new StringBuilder("# ollama create NAME -f Modelfile\n");
            text.append("FROM ./").append(gguf.getFileName()).append('\n');
            Optional<String> template = tokenizer.hasChatTemplate()
                    ? TurnTemplate.of(tokenizer).flatMap(TurnTemplate::go)
                    : Optional.empty();
            template.ifPresentOrElse(
                    go -> text.append("TEMPLATE \"\"\"").append(go).append("\"\"\"\n"),
                    () -> text.append(missing(tokenizer)));
            tokenizer.endTokens().stream()
                    .flatMap(id -> tokenizer.tokenOf(id).stream())
                    .forEach(token -> text.append("PARAMETER stop \"")
                            .append(token.replace("\"", "\\\""))
                            .append("\"\n"));
            return text.toString();
        }
    }

    private static String missing(Tokenizer tokenizer) {
        return tokenizer.hasChatTemplate()
                ? "# No TEMPLATE: the model's chat template does more than wrap turns, which has to be put into Ollama's\n"
                        + "# language by hand. Without one Ollama takes what it recognises of the template in the file.\n"
                : "# No TEMPLATE: the model has no chat template.\n";
    }
}
