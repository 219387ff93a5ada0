package org.mlxspring.engine.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Refuses GGUF files where a model folder is asked for. */
public final class GgufRefusal {

    private GgufRefusal() {}

    /**
     * Does nothing where the path is no GGUF file and no folder whose only weights are GGUF files.
     *
     * @throws ModelException with the reason and what to use instead
     */
    public static void check(Path model) {
        List<String> found = Files.isDirectory(model) ? names(model) : List.of(String.valueOf(model.getFileName()));
        boolean only = found.stream().anyMatch(GgufRefusal::isGguf)
                && found.stream().noneMatch(name -> name.endsWith(".safetensors"));
        if (only) {
            throw new ModelException(model + (isGguf(model.toString()) ? " is a GGUF file" : " holds GGUF files only")
                    + ". GGUF is a format for serving: its weights are packed for llama.cpp and cannot be trained,"
                    + " converted or loaded here. Use the folder of the original Hugging Face model (config.json,"
                    + " *.safetensors, tokenizer.json), and export to GGUF at the end.");
        }
    }

    private static boolean isGguf(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(".gguf");
    }

    private static List<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new ModelException("The folder " + folder + " cannot be listed.", e);
        }
    }
}
