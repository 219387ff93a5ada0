package org.mlxspring.autoconfigure.source;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mlxspring.autoconfigure.dataset.IntakeMode;
import org.mlxspring.autoconfigure.dataset.RowIntake;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;

/**
 * Brings rows into datasets: files, single rows, and sources. An import is queued and worked on by the next free instance
 * on the database; those of one dataset run one after the other.
 */
public class Imports {

    private static final Logger LOG = LoggerFactory.getLogger(Imports.class);
    private static final long FIRST_LOOK_MILLIS = 20;
    private static final long LAST_LOOK_MILLIS = 500;

    private final RowIntake intakes;
    private final Uploads uploads;
    private final Sources sources;
    private final ImportTable imports;
    private final Watermarks watermarks;
    private final ImportQueue queue;
    private final Runnable wake;

    /** @param wake lets this instance look for queued imports at once */
    Imports(
            RowIntake intakes,
            Uploads uploads,
            Sources sources,
            ImportTable imports,
            Watermarks watermarks,
            ImportQueue queue,
            Runnable wake) {
        this.intakes = intakes;
        this.uploads = uploads;
        this.sources = sources;
        this.imports = imports;
        this.watermarks = watermarks;
        this.queue = queue;
        this.wake = wake;
    }

    /**
     * Takes in files, sealed, and queues their import.
     *
     * @param user who adds the rows
     * @throws ProblemException if the name of the dataset, a column, the limit or a format is wrong, or the files are
     *     larger than {@code mlx.datasets.max-upload}; nothing is stored then
     * @throws IOException if a body ends early
     */
    public ImportView upload(UploadRequest request, String user) throws IOException {
        return upload(request, ImportKind.UPLOAD, user);
    }

    /**
     * Queues rows that come on top of what is there.
     *
     * @param dataset name of the dataset
     * @param rows objects of one of the formats, gone through once
     * @param columns as in {@link UploadRequest#columns}
     * @param user who adds the rows
     * @throws ProblemException as for files
     */
    public ImportView add(
            String dataset, Iterable<? extends Map<String, ?>> rows, Map<String, String> columns, String user)
            throws IOException {
        return rows(dataset, IntakeMode.APPEND, rows, columns, user);
    }

    /**
     * Queues rows that are the whole content of a dataset from now on, as those of an application's own table may be.
     *
     * @param dataset name of the dataset
     * @param rows objects of one of the formats, gone through once
     * @param columns as in {@link UploadRequest#columns}
     * @param user who adds the rows
     * @throws ProblemException as for files
     */
    public ImportView replace(
            String dataset, Iterable<? extends Map<String, ?>> rows, Map<String, String> columns, String user)
            throws IOException {
        return rows(dataset, IntakeMode.REPLACE, rows, columns, user);
    }

    private ImportView rows(
            String dataset,
            IntakeMode mode,
            Iterable<? extends Map<String, ?>> rows,
            Map<String, String> columns,
            String user)
            throws IOException {
        UploadRequest.Part part =
                new UploadRequest.Part("", "application/x-ndjson", Optional.empty(), new LinesOfRows(rows.iterator()));
        return upload(
                new UploadRequest(dataset, mode, List.of(part), columns, Optional.of("0")), ImportKind.ROWS, user);
    }

    private ImportView upload(UploadRequest request, ImportKind kind, String user) throws IOException {
        long id = intakes.nextImport();
        boolean queued = false;
        try {
            ImportPlan plan = new ImportPlan(
                    id,
                    id,
                    request.dataset(),
                    Optional.empty(),
                    request.mode(),
                    uploads.take(request, id),
                    Optional.empty(),
                    Optional.empty(),
                    user);
            queue.submit(plan, kind);
            queued = true;
            return announced(plan);
        } finally {
            if (!queued) {
                uploads.remove(id);
            }
        }
    }

    /**
     * Queues the import of a source, from where its last one ended.
     *
     * @param source its name in {@code mlx.datasets.sources}, or that of a {@link DatasetSource}
     * @param user who asks for it
     * @throws ProblemException if there is no such source
     */
    public ImportView start(String source, String user) {
        NamedSource named = sources.get(source);
        long id = intakes.nextImport();
        ImportPlan plan = new ImportPlan(
                id,
                id,
                named.dataset(),
                Optional.of(source),
                named.mode(),
                new ImportPlan.Settings(List.of(), named.columns(), named.skipLimit()),
                watermarks.of(source, named.dataset()),
                Optional.empty(),
                user);
        queue.submit(plan, ImportKind.SOURCE);
        return announced(plan);
    }

    private ImportView announced(ImportPlan plan) {
        LOG.info("Import {} of dataset {} is QUEUED, by {}.", plan.id(), plan.dataset(), plan.user());
        wake.run();
        return get(plan.id());
    }

    /** @throws ProblemException if there is no such import */
    public ImportView get(long id) {
        return imports.view(id).orElseThrow(() -> unknown(id));
    }

    /** @throws ProblemException if the dataset has no such import */
    public ImportView get(String dataset, long id) {
        return imports.view(id).filter(view -> view.dataset().equals(dataset)).orElseThrow(() -> unknown(id));
    }

    /**
     * Imports of a dataset, the newest first.
     *
     * @param state only those that are in this state; null for all
     * @param source only those of this source; null for all
     * @throws ProblemException if there is no such dataset, and no import or source that will make it
     */
    public Page<ImportView> list(String dataset, @Nullable ImportState state, @Nullable String source, Pageable page) {
        Page<ImportView> found = imports.list(dataset, state, source, page);
        if (found.getTotalElements() == 0 && sources.of(dataset).isEmpty() && !imports.any(dataset)) {
            intakes.requireDataset(dataset);
        }
        return found;
    }

    /**
     * Waits until an import is over.
     *
     * @return how it ended, or how far it is after {@code most}
     */
    public ImportView await(long id, Duration most) throws InterruptedException {
        Instant limit = Instant.now().plus(most);
        long pause = FIRST_LOOK_MILLIS;
        ImportView view = get(id);
        while (!view.state().over() && Instant.now().isBefore(limit)) {
            Thread.sleep(pause);
            pause = Math.min(LAST_LOOK_MILLIS, 2 * pause);
            view = get(id);
        }
        return view;
    }

    /**
     * Asks an import to stop behind the rows it is storing; one that nobody has taken up yet stops at once.
     *
     * @throws ProblemException if there is no such import, or it is over
     */
    public ImportView stop(long id) {
        String dataset = get(id).dataset();
        queue.inLine(dataset, () -> {
            ImportState state = get(id).state();
            if (state.over()) {
                throw ProblemException.conflict(
                        "Import is over", "Import " + id + " is " + state + "; there is nothing to stop.", Map.of());
            }
            imports.requestStop(id);
            if (state == ImportState.QUEUED) {
                imports.end(id, ImportState.STOPPED, "Stopped before it began.");
                queue.handOn(dataset);
            }
        });
        return get(id);
    }

    /**
     * Queues an import that failed or was stopped again. It goes on behind the last rows that were stored; where another
     * import of its dataset came between, or its rows were taken back, it begins anew.
     *
     * @throws ProblemException if there is no such import, or it is in another state
     */
    public ImportView restart(long id) {
        String dataset = get(id).dataset();
        queue.inLine(dataset, () -> {
            ImportState state = get(id).state();
            if (state != ImportState.FAILED && state != ImportState.STOPPED) {
                throw ProblemException.conflict(
                        "Import cannot be restarted",
                        "Import " + id + " is " + state + "; only one that is FAILED or STOPPED can be restarted.",
                        Map.of());
            }
            imports.queue(id);
            queue.handOn(dataset);
        });
        wake.run();
        return get(id);
    }

    private static ProblemException unknown(long id) {
        return ProblemException.notFound("Unknown import", "There is no import " + id + ".", Map.of());
    }
}
