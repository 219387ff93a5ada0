package org.mlxspring.engine.data;

import java.nio.file.Path;

/** A row that cannot be used: file, line, what is wrong and what would be right. Never holds the row's text. */
public final class RowException extends RuntimeException {

    private final Path file;
    private final long line;
    private final String reason;

    /**
     * @param file the file of the row
     * @param line its line, counted from 1
     * @param reason what is wrong and what would be right
     */
    public RowException(Path file, long line, String reason) {
        super(file + ", line " + line + ": " + reason);
        this.file = file;
        this.line = line;
        this.reason = reason;
    }

    /** The file of the row. */
    public Path file() {
        return file;
    }

    /** The line of the row, counted from 1. */
    public long line() {
        return line;
    }

    /** What is wrong and what would be right, without file and line. */
    public String reason() {
        return reason;
    }
}
