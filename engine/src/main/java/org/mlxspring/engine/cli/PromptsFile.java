package org.mlxspring.engine.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file with a prompt on each line; {@code \n} and {@code \t} in it are a new line and a tab. */
record PromptsFile(Path path) {

    /**
     * The prompts, in the order of the file.
     *
     * @throws UsageException if it cannot be read, is empty or has a blank line
     */
    List<String> read() {
        List<String> lines;
        try {
            lines = Files.readAllLines(path);
        } catch (CharacterCodingException e) {
            throw new UsageException("--prompts " + path + " is not UTF-8; save the file in the encoding UTF-8.");
        } catch (IOException e) {
            throw new UsageException(
                    "--prompts " + path + " cannot be read; it must be a file with a prompt per line.");
        }
        if (lines.isEmpty()) {
            throw new UsageException("--prompts " + path + " is empty; it must have a prompt on each line.");
        }
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).isBlank()) {
                throw new UsageException("--prompts " + path + ", line " + (i + 1)
                        + " is blank; each line must hold a prompt, with \\n for a new line in it.");
            }
        }
        return lines.stream().map(PromptsFile::unescaped).toList();
    }

    /** A prompt as it stands on the command line or on a line of a file. */
    static String unescaped(String text) {
        return text.replace("\\n", "\n").replace("\\t", "\t");
    }
}
