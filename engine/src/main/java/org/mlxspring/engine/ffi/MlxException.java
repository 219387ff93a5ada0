package org.mlxspring.engine.ffi;

/** MLX refused a call; the message is MLX's own. */
public final class MlxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MlxException(String message) {
        super(message);
    }
}
