package org.mlxspring.engine.data;

/** A data folder, a row format or a token store that cannot be used; the message says what would be right. */
public final class DataException extends RuntimeException {

    public DataException(String message) {
        super(message);
    }

    public DataException(String message, Throwable cause) {
        super(message, cause);
    }
}
