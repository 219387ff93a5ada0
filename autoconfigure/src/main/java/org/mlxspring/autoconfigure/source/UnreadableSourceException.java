package org.mlxspring.autoconfigure.source;

/** A source that cannot be read, as a whole; the message says why and what would be right, and holds no text of a row. */
final class UnreadableSourceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableSourceException(String message) {
        super(message, null, false, false);
    }
}
