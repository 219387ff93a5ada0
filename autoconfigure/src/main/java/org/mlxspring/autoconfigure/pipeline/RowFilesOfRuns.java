package org.mlxspring.autoconfigure.pipeline;

import java.util.List;
import org.mlxspring.autoconfigure.dataset.ErasableStore;
import org.mlxspring.autoconfigure.dataset.ErasedRows;
import org.mlxspring.autoconfigure.run.RunOnVersion;
import org.mlxspring.autoconfigure.run.Runs;

/** The folders of runs that hold rows, or answers to them. They are needed while a run works, and are removed whole. */
final class RowFilesOfRuns implements ErasableStore {

    private final Runs runs;
    private final RunFolders folders;

    RowFilesOfRuns(Runs runs, RunFolders folders) {
        this.runs = runs;
        this.folders = folders;
    }

    @Override
    public String place() {
        return "rows and answers in folders of runs";
    }

    @Override
    public long erase(ErasedRows rows) {
        return before(rows).stream().filter(run -> folders.forgetRows(run.id())).count();
    }

    @Override
    public Holding look(ErasedRows rows) {
        List<RunOnVersion> all = before(rows);
        return new Holding(
                all.size(),
                all.stream().filter(run -> folders.hasRows(run.id())).count());
    }

    private List<RunOnVersion> before(ErasedRows rows) {
        return runs.on(rows.versions()).stream()
                .filter(run -> run.createdAt().isBefore(rows.gone()))
                .toList();
    }
}
