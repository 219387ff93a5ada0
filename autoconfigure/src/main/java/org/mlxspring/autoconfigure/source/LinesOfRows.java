package org.mlxspring.autoconfigure.source;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import org.mlxspring.autoconfigure.dataset.RowJson;

/** Rows as JSON lines, made as they are read, so that only one of them is held. */
final class LinesOfRows extends InputStream {

    private final Iterator<? extends Map<String, ?>> rows;
    private byte[] line = new byte[0];
    private int next;

    LinesOfRows(Iterator<? extends Map<String, ?>> rows) {
        this.rows = rows;
    }

    @Override
    public int read() {
        return more() ? line[next++] & 0xff : -1;
    }

    @Override
    public int read(byte[] to, int from, int most) {
        Objects.checkFromIndexSize(from, most, to.length);
        if (most == 0) {
            return 0;
        }
        if (!more()) {
            return -1;
        }
        int given = Math.min(most, line.length - next);
        System.arraycopy(line, next, to, from, given);
        next += given;
        return given;
    }

    private boolean more() {
        if (next == line.length && rows.hasNext()) {
            line = (RowJson.write(rows.next()) + "\n").getBytes(StandardCharsets.UTF_8);
            next = 0;
        }
        return next < line.length;
    }
}
