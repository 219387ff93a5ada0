package org.mlxspring.engine.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** Lines of a file as bytes, so that a line that is not UTF-8 can be named. They end with LF, CR LF or CR. */
final class LineReader implements AutoCloseable {

    private final InputStream in;
    private byte[] buffer = new byte[1 << 16];
    /** What was read and not given out yet. */
    private int start;

    private int end;
    private boolean afterReturn;

    /** Reads what is left of a stream, and closes it. */
    LineReader(InputStream in) {
        this.in = in;
    }

    /** The next line without its end; empty at the end of the file. */
    Optional<byte[]> next() throws IOException {
        if (afterReturn && (start < end || fill() > 0)) {
            start += buffer[start] == '\n' ? 1 : 0;
        }
        afterReturn = false;
        int at = start;
        while (true) {
            while (at < end && buffer[at] != '\n' && buffer[at] != '\r') {
                at++;
            }
            if (at < end) {
                byte[] line = Arrays.copyOfRange(buffer, start, at);
                afterReturn = buffer[at] == '\r';
                start = at + 1;
                return Optional.of(line);
            }
            int before = at - start;
            if (fill() <= 0) {
                byte[] rest = Arrays.copyOfRange(buffer, start, end);
                start = end;
                return rest.length == 0 ? Optional.empty() : Optional.of(rest);
            }
            at = start + before;
        }
    }

    /** Reads on behind what is there, which is moved to the front; gives the number of bytes, below 1 at the end. */
    private int fill() throws IOException {
        int kept = end - start;
        if (kept == buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.multiplyExact(2, buffer.length));
        } else if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, kept);
        }
        start = 0;
        end = kept;
        int count = in.read(buffer, end, buffer.length - end);
        end += Math.max(count, 0);
        return count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
