package org.mlxspring.engine.ffi;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.mlxspring.engine.files.DurableFile;

/**
 * A file beside extracted libraries that says with which sizes and times of change they last had their checksums, so that a
 * start need not read a hundred megabytes to know that nothing changed.
 */
final class IntactNote {

    private static final String NAME = "checked";

    private final Path folder;
    private final Collection<String> files;

    /** @param files names of the libraries, relative to the folder */
    IntactNote(Path folder, Collection<String> files) {
        this.folder = folder;
        this.files = files;
    }

    /** Whether the libraries are all there as they were when the note was written. */
    boolean holds() {
        Path note = folder.resolve(NAME);
        try {
            return Files.isRegularFile(note)
                    && Files.readString(note, StandardCharsets.UTF_8).equals(state());
        } catch (IOException e) {
            return false;
        }
    }

    /** Notes that the libraries have their checksums now; where nothing can be written they are read again next time. */
    void write() {
        try {
            DurableFile.write(folder.resolve(NAME), state());
        } catch (IOException e) {
            // The folder may be another user's; the libraries are good all the same.
        }
    }

    private String state() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (String file : files) {
            BasicFileAttributes attributes = Files.readAttributes(folder.resolve(file), BasicFileAttributes.class);
            FileTime changed = attributes.lastModifiedTime();
            lines.append("%d %d %s%n".formatted(attributes.size(), changed.to(TimeUnit.NANOSECONDS), file));
        }
        return lines.toString();
    }
}
