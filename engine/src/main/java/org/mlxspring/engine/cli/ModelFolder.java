package org.mlxspring.engine.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.mlxspring.engine.model.GgufRefusal;

/** The folder of a base model, as a flag names it. */
final class ModelFolder {

    private ModelFolder() {}

    /**
     * The folder itself.
     *
     * @throws UsageException if it is no model folder; the message says what to do about a name of the Hugging Face Hub
     */
    static Path require(String flag, String name) {
        return holding("config.json", "config.json, the tokenizer's files and *.safetensors", flag, name);
    }

    /**
     * The folder of a model of which only the tokenizer is needed.
     *
     * @throws UsageException if it has none
     */
    static Path withTokenizer(String flag, String name) {
        return holding("tokenizer.json", "tokenizer.json, and usually tokenizer_config.json", flag, name);
    }

    private static Path holding(String file, String wanted, String flag, String name) {
        Path folder = Path.of(name);
        if (Files.isRegularFile(folder.resolve(file))) {
            return folder;
        }
        if (Files.exists(folder)) {
            GgufRefusal.check(folder);
            throw new UsageException(flag + " " + name + " is no model folder: it must hold " + wanted + ".");
        }
        String hint = name.matches("[\\w.-]+/[\\w.-]+")
                ? " Models are not downloaded; to get one from the Hugging Face Hub: hf download " + name
                        + " --local-dir FOLDER"
                : "";
        throw new UsageException(flag + " " + name + ": there is no such folder." + hint);
    }
}
