package org.mlxspring.engine.ffi;

/** The MLX libraries were not found, or are not the ones this engine needs; the message lists where it looked. */
public final class NativeLibraryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NativeLibraryException(String message) {
        super(message);
    }

    public NativeLibraryException(String message, Throwable cause) {
        super(message, cause);
    }
}
