package org.mlxspring.autoconfigure.pipeline;

import java.util.Optional;
import org.mlxspring.autoconfigure.dataset.DatasetVersion;
import org.mlxspring.autoconfigure.dataset.Datasets;
import org.mlxspring.autoconfigure.prepare.ExportedRows;
import org.mlxspring.autoconfigure.prepare.Preparation;
import org.mlxspring.autoconfigure.prepare.PreparationFailedException;
import org.mlxspring.autoconfigure.prepare.PreparationStoppedException;
import org.mlxspring.autoconfigure.prepare.PreparedStore;
import org.mlxspring.autoconfigure.prepare.PreparedTokens;
import org.mlxspring.autoconfigure.prepare.Reader;
import org.mlxspring.autoconfigure.prepare.RowExport;
import org.mlxspring.autoconfigure.run.RunPlan;
import org.mlxspring.engine.data.Split;
import org.mlxspring.engine.train.TrainData;
import org.springframework.batch.core.job.JobInterruptedException;

/** The rows of a run's dataset version, as its steps need them. */
final class RunRows {

    private final Datasets datasets;
    private final PreparedTokens tokens;
    private final RowExport export;
    private final RunFolders folders;

    RunRows(Datasets datasets, PreparedTokens tokens, RowExport export, RunFolders folders) {
        this.datasets = datasets;
        this.tokens = tokens;
        this.export = export;
        this.folders = folders;
    }

    /**
     * The token store of the run, which is made if it is not there.
     *
     * @throws JobInterruptedException if it was asked to stop
     * @throws RunFailedException if a row cannot be tokenized
     */
    PreparedStore tokens(RunPlan run, RunControl control) throws JobInterruptedException {
        Preparation preparation = new Preparation(
                version(run),
                run.modelPath(),
                run.settings().lossMask(),
                run.settings().trainMode(),
                run.settings().maxSeqLength(),
                reader(run));
        try {
            return tokens.prepare(preparation, () -> control.lost() || control.stopWanted());
        } catch (PreparationStoppedException e) {
            throw new JobInterruptedException(e.getMessage());
        } catch (PreparationFailedException e) {
            throw new RunFailedException(String.valueOf(e.getMessage()));
        }
    }

    /** As above, for the worker that trains. */
    TrainData trainData(RunPlan run, RunControl control) throws JobInterruptedException {
        return tokens.data(tokens(run, control));
    }

    /**
     * The first rows of a split as text, in a sealed file; to be closed once the worker has ended.
     *
     * @param purpose what for, for the audit log
     */
    ExportedRows text(RunPlan run, Split split, int limit, String purpose) {
        return export.write(version(run), split, folders.rows(run.id()), limit, reader(run), purpose);
    }

    /** The version they are of. */
    DatasetVersion version(RunPlan run) {
        return datasets.resolve(run.dataset(), Optional.of(run.datasetVersion()));
    }

    private static Reader reader(RunPlan run) {
        return new Reader(run.startedBy(), run.id());
    }
}
