package org.mlxspring.autoconfigure.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** Lines of a JSON-lines file; blank ones are passed over. They end with LF, CR LF or CR. */
final class JsonLinesRows implements RawRows {

    /** Most bytes of a line: a row may have a million, and some keys that are left out. */
    private static final int LONGEST = 8_000_000;

    private static final int SHOWN = 2_000;

    private final String part;
    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private byte[] line = new byte[1 << 12];
    private int length;
    private boolean tooLong;
    private int at;
    private int end;
    private boolean afterReturn;
    private long number;

    /** @param in what was found by {@link TextEncoding#utf8} to be UTF-8; closed with these rows */
    JsonLinesRows(String part, InputStream in) {
        this.part = part;
        this.in = in;
    }

    @Override
    public Optional<RawRow> next() throws IOException {
        while (readLine()) {
            number++;
            Place place = new Place(part, number);
            if (tooLong) {
                return Optional.of(new RawRow.Unreadable(
                        place,
                        "is longer than " + LONGEST + " bytes; each line must hold one row",
                        Arrays.copyOf(line, SHOWN)));
            }
            if (!isBlank()) {
                return Optional.of(new RawRow.Line(place, Arrays.copyOf(line, length)));
            }
        }
        return Optional.empty();
    }

    private boolean readLine() throws IOException {
        length = 0;
        tooLong = false;
        boolean any = false;
        while (at < end || fill()) {
            byte next = buffer[at++];
            if (afterReturn && next == '\n') {
                afterReturn = false;
                continue;
            }
            afterReturn = next == '\r';
            if (next == '\n' || next == '\r') {
                return true;
            }
            any = true;
            keep(next);
        }
        return any;
    }

    private void keep(byte next) {
        if (length == LONGEST) {
            tooLong = true;
            return;
        }
        if (length == line.length) {
            line = Arrays.copyOf(line, Math.min(LONGEST, 2 * line.length));
        }
        line[length++] = next;
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, in.read(buffer, 0, buffer.length));
        return end > 0;
    }

    private boolean isBlank() {
        for (int i = 0; i < length; i++) {
            if (line[i] != ' ' && line[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
