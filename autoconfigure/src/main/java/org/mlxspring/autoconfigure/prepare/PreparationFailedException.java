package org.mlxspring.autoconfigure.prepare;

/** Rows could not be prepared; the message says why to a person, and holds nothing of a row. */
public final class PreparationFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PreparationFailedException(String reason) {
        super(reason, null, false, false);
    }
}
