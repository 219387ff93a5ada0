package org.mlxspring.engine.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of a base model, as a flag names it. */
final class ModelFolder {

    private ModelFolder() {}

    /**
     * The folder itself.
     *
     * @throws UsageException if it is no model folder; the message says what to do about a name of the Hugging Face Hub
     */
    static Path require(String flag, String name) {
        Path folder = Path.of(name);
        if (Files.isRegularFile(folder.resolve("config.json"))) {
            return folder;
        }
        if (Files.exists(folder)) {
            throw new UsageException(flag + " " + name
                    + " is no model folder: it must hold config.json, the tokenizer's files and *.safetensors.");
        }
        String hint = name.matches("[\\w.-]+/[\\w.-]+")
                ? " Models are not downloaded; to get one from the Hugging Face Hub: hf download " + name
                        + " --local-dir FOLDER"
                : "";
        throw new UsageException(flag + " " + name + ": there is no such folder." + hint);
    }
}
