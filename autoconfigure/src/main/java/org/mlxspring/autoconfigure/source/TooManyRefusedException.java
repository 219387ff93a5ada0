package org.mlxspring.autoconfigure.source;

/** An import refused more rows than it may, so nothing of it is taken. */
final class TooManyRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooManyRefusedException(long importId) {
        super("Import " + importId + " refused more rows than its limit.", null, false, false);
    }
}
