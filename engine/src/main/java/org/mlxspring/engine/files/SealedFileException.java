package org.mlxspring.engine.files;

import java.io.IOException;
import java.nio.file.Path;

/** A sealed file was damaged, cut or put together from others, or the key is not the one it was written with. */
public final class SealedFileException extends IOException {

    private static final long serialVersionUID = 1L;

    SealedFileException(Path file, String problem) {
        super(file + " " + problem);
    }

    static SealedFileException block(Path file, long block) {
        return new SealedFileException(
                file, "cannot be opened at block " + block + ": it is damaged, or its key is another one");
    }
}
