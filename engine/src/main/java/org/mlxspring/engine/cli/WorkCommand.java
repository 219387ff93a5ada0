package org.mlxspring.engine.cli;

import org.mlxspring.engine.worker.WorkerMain;
import picocli.CommandLine.Command;

/** {@code mlx worker}: a worker that another process starts by a command and speaks with, as on another host. */
@Command(
        name = "worker",
        hidden = true,
        description = "Do a task that standard input gives, as another process's worker.")
final class WorkCommand implements Runnable {

    @Override
    public void run() {
        WorkerMain.main(new String[0]);
    }
}
