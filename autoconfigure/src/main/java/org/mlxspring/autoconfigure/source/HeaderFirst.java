package org.mlxspring.autoconfigure.source;

import java.io.IOException;
import java.io.Reader;

/** A CSV text of which the first line was looked at, to see what separates its columns. */
final class HeaderFirst extends Reader {

    private static final int LONGEST = 1 << 16;

    private final Reader text;
    private final char[] first = new char[LONGEST];
    private int length;
    private int at;

    HeaderFirst(Reader text) throws IOException {
        this.text = text;
        int count = 0;
        while (length < LONGEST && !hasLineEnd(length - Math.max(0, count)) && count >= 0) {
            count = text.read(first, length, LONGEST - length);
            length += Math.max(0, count);
        }
    }

    /** A semicolon or a tab where the first line has it and no comma, as spreadsheets write; else a comma. */
    char separator() {
        String line = new String(first, 0, length).lines().findFirst().orElse("");
        if (line.indexOf(',') < 0) {
            if (line.indexOf(';') >= 0) {
                return ';';
            }
            if (line.indexOf('\t') >= 0) {
                return '\t';
            }
        }
        return ',';
    }

    @Override
    public int read(char[] target, int offset, int count) throws IOException {
        if (at == length) {
            return text.read(target, offset, count);
        }
        int part = Math.min(count, length - at);
        System.arraycopy(first, at, target, offset, part);
        at += part;
        return part;
    }

    private boolean hasLineEnd(int from) {
        for (int i = from; i < length; i++) {
            if (first[i] == '\n' || first[i] == '\r') {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        text.close();
    }
}
