package org.mlxspring.autoconfigure.encryption;

/** A property of the master keys is wrong; the application does not start. */
final class WrongKeyPropertyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String advice;

    WrongKeyPropertyException(String message, String advice) {
        super(message);
        this.advice = advice;
    }

    String advice() {
        return advice;
    }
}
