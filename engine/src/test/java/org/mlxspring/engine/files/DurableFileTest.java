package org.mlxspring.engine.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFileTest {

    @TempDir
    Path folder;

    @Test
    void theNewContentTakesThePlaceOfTheOldAndNothingStaysBeside() throws IOException {
        Path file = folder.resolve("made").resolve("settings.json");
        DurableFile.write(file, "a longer first content");
        DurableFile.write(file, "né");
        assertThat(file).content().isEqualTo("né");
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void whatCannotBeReplacedStaysAsItWas() throws IOException {
        Path occupied = Files.createDirectories(folder.resolve("settings.json"));
        Files.writeString(occupied.resolve("inside"), "x");
        assertThatThrownBy(() -> DurableFile.write(occupied, "new")).isInstanceOf(IOException.class);
        assertThat(occupied.resolve("inside")).hasContent("x");
        assertThat(folder.toFile().list()).containsExactly("settings.json");
    }

    @Test
    void whatCouldNotBeWrittenWholeIsRemoved() throws IOException {
        Path file = folder.resolve("answers.jsonl");
        DurableFile.write(file, "old");
        assertThatThrownBy(() -> DurableFile.write(file, beside -> {
                    Files.writeString(beside, "half of the n");
                    throw new IOException("No space left on device");
                }))
                .hasMessage("No space left on device");
        assertThat(file).hasContent("old");
        assertThat(folder.toFile().list()).containsExactly("answers.jsonl");
    }
}
