package org.mlxspring.engine.data;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Lines of a file as bytes, so that a line that is not UTF-8 can be named. They end with LF, CR LF or CR. */
final class LineReader implements AutoCloseable {

    private final InputStream in;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
    private boolean afterReturn;

    LineReader(Path file) throws IOException {
        in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    }

    /** The next line without its end; empty at the end of the file. */
    Optional<byte[]> next() throws IOException {
        line.reset();
        boolean any = false;
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n' && afterReturn) {
                afterReturn = false;
                continue;
            }
            afterReturn = b == '\r';
            any = true;
            if (b == '\n' || b == '\r') {
                return Optional.of(line.toByteArray());
            }
            line.write(b);
        }
        return any ? Optional.of(line.toByteArray()) : Optional.empty();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
