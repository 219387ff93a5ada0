package org.mlxspring.autoconfigure.encryption;

/** A key is missing or wrong, or sealed bytes were changed; the message names the key by its id and says what to do. */
public final class KeyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With a message that holds nothing of a key. */
    public KeyException(String message) {
        super(message);
    }

    /** With a message that holds nothing of a key, and its cause. */
    public KeyException(String message, Throwable cause) {
        super(message, cause);
    }
}
