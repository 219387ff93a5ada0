package org.mlxspring.engine.cli;

/** A flag or a setting that cannot be followed; the message says what would be right. */
final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
