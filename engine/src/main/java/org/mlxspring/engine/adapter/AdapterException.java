package org.mlxspring.engine.adapter;

/** An adapter cannot be used with a model; the message names the files and what does not fit. */
public final class AdapterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public AdapterException(String message) {
        super(message);
    }

    public AdapterException(String message, Throwable cause) {
        super(message, cause);
    }
}
