package org.mlxspring.engine.train;

/** A run ended because it went wrong, not because of its input; the message says at which iteration and what is left. */
public final class TrainException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TrainException(String message) {
        super(message);
    }

    public TrainException(String message, Throwable cause) {
        super(message, cause);
    }
}
