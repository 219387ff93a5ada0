package org.mlxspring.engine.worker;

/** What a worker is told while it works; one JSON line each on its standard input, after the task. */
sealed interface WorkerCommand {

    /** End the task at the next safe point. */
    record Stop() implements WorkerCommand {}
}
