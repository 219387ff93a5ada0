package org.mlxspring.engine.data;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mlxspring.engine.files.FileContent;
import org.mlxspring.engine.files.FileKey;
import org.mlxspring.engine.files.SealedOutputStream;
import org.mlxspring.engine.files.Storage;

/**
 * Sealed files on a disk that is soon full.
 *
 * @param room bytes that each file may have
 */
record SmallDisk(int room) implements Storage {

    private static final FileKey KEY = FileKey.random();

    @Override
    public OutputStream write(Path file) throws IOException {
        return new SealedOutputStream(new Limited(Files.newOutputStream(file), room), KEY);
    }

    @Override
    public InputStream read(Path file) throws IOException {
        return Storage.sealed(KEY).read(file);
    }

    @Override
    public FileContent open(Path file) throws IOException {
        return Storage.sealed(KEY).open(file);
    }

    private static final class Limited extends FilterOutputStream {

        private int room;

        Limited(OutputStream out, int room) {
            super(out);
            this.room = room;
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            room -= count;
            if (room < 0) {
                throw new IOException("No space left on device");
            }
            out.write(bytes, offset, count);
        }
    }
}
