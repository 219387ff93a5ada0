package org.mlxspring.engine.cli;

import org.mlxspring.engine.worker.TaskFailure;

/** A run in other processes failed. */
final class LaunchedTrainingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient TaskFailure failure;

    LaunchedTrainingException(TaskFailure failure) {
        super(failure.reason());
        this.failure = failure;
    }

    /** Why, and whether the input or the settings are at fault. */
    TaskFailure failure() {
        return failure;
    }
}
