package org.mlxspring.engine.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;

/** How the content of files lies on the disk: as it is, or sealed. What reads and writes files through it knows neither. */
public interface Storage {

    /** A stream that makes a file, or replaces it; the file is whole once the stream is closed. */
    OutputStream write(Path file) throws IOException;

    /** The content of a file from its beginning. */
    InputStream read(Path file) throws IOException;

    /** The content of a file, in any place. */
    FileContent open(Path file) throws IOException;

    /** Files as everybody can read them. */
    static Storage plain() {
        return new PlainStorage();
    }

    /** Files that are read and written with a key. */
    static Storage sealed(FileKey key) {
        return new SealedStorage(key);
    }

    /** Sealed files where there is a key, plain ones where there is none. */
    static Storage of(Optional<FileKey> key) {
        return key.map(Storage::sealed).orElseGet(Storage::plain);
    }
}
