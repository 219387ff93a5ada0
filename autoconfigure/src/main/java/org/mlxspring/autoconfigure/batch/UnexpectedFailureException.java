package org.mlxspring.autoconfigure.batch;

/** Stands for an exception that nobody expected: its kind, its place and its stack trace, and none of its words. */
public final class UnexpectedFailureException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnexpectedFailureException(Throwable failure) {
        super(FailurePlace.ofAll(failure));
        setStackTrace(failure.getStackTrace());
    }
}
