package org.mlxspring.autoconfigure.actuate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The folder of runs and models, and whether a run could write to it. */
record HomeFolder(Path path) {
    /** Below this a fused model of a small base model no longer fits. */
    private static final long LEAST_FREE_BYTES = 1_000_000_000;

    /** Free space in bytes; empty where the disk cannot be asked. */
    Optional<Long> freeBytes() {
        try {
            return Optional.of(Files.getFileStore(existing()).getUsableSpace());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** What keeps a run from writing here, in words; empty where nothing does. */
    Optional<String> problem() {
        if (!Files.isWritable(existing())) {
            return Optional.of("The home folder " + path + " cannot be written to; make it writable for the user of"
                    + " this application, or name another in mlx.home.");
        }
        return freeBytes()
                .filter(free -> free < LEAST_FREE_BYTES)
                .map(free -> "The disk of the home folder " + path + " has " + free / 1_000_000
                        + " MB left; a run may need more.");
    }

    /** The folder, or the one that it would be made in. */
    private Path existing() {
        Path folder = path.toAbsolutePath();
        while (!Files.exists(folder) && folder.getParent() != null) {
            folder = folder.getParent();
        }
        return folder;
    }
}
