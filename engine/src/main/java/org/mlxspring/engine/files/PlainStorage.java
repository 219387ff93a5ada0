package org.mlxspring.engine.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files as everybody can read them, mapped into memory where any place of them is wanted. */
record PlainStorage() implements Storage {

    @Override
    public OutputStream write(Path file) throws IOException {
        return Files.newOutputStream(file);
    }

    @Override
    public InputStream read(Path file) throws IOException {
        return Files.newInputStream(file);
    }

    @Override
    public FileContent open(Path file) throws IOException {
        return new MappedFile(file);
    }
}
