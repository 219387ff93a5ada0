package org.mlxspring.autoconfigure.pipeline;

/** A step cannot go on; the message becomes the reason of the run. */
final class RunFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RunFailedException(String reason) {
        super(reason, null, false, false);
    }
}
