package org.mlxspring.engine.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Sealed files.
 *
 * @param key opens all of them
 */
record SealedStorage(FileKey key) implements Storage {

    @Override
    public OutputStream write(Path file) throws IOException {
        OutputStream out = Files.newOutputStream(file);
        try {
            return new SealedOutputStream(out, key);
        } catch (IOException | RuntimeException e) {
            try (out) {
                throw e;
            }
        }
    }

    @Override
    public InputStream read(Path file) throws IOException {
        return new SealedInputStream(file, key);
    }

    @Override
    public FileContent open(Path file) throws IOException {
        return SealedFile.open(file, key);
    }
}
