package org.mlxspring.autoconfigure.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mlxspring.autoconfigure.audit.AuditAction;
import org.mlxspring.autoconfigure.audit.AuditEntry;
import org.mlxspring.autoconfigure.audit.AuditLog;
import org.mlxspring.autoconfigure.dataset.IntakeMode;
import org.mlxspring.autoconfigure.dataset.RowIntake;
import org.mlxspring.autoconfigure.encryption.DatasetKeys;
import org.mlxspring.autoconfigure.encryption.Keyring;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.mlxspring.engine.data.Split;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;

/**
 * Brings rows into datasets: files, single rows, and sources. An import is queued and worked on by the next free instance
 * on the database; those of one dataset run one after the other.
 */
public class Imports {

    private static final Logger LOG = LoggerFactory.getLogger(Imports.class);
    private static final long FIRST_LOOK_MILLIS = 20;
    private static final long LAST_LOOK_MILLIS = 500;
    private static final int SHOWN = 20;

    private final RowIntake intakes;
    private final Keyring keyring;
    private final AuditLog audit;
    private final ImportTable imports;
    private final RefusedRows refusedRows;
    private final Watermarks watermarks;
    private final ImportQueue queue;
    private final Spool spool;
    private final Map<String, NamedSource> sources;
    private final String skipLimit;
    private final Runnable wake;

    /** @param wake lets this instance look for queued imports at once */
    Imports(
            RowIntake intakes,
            Keyring keyring,
            AuditLog audit,
            ImportTable imports,
            RefusedRows refusedRows,
            Watermarks watermarks,
            ImportQueue queue,
            Spool spool,
            Map<String, NamedSource> sources,
            String skipLimit,
            Runnable wake) {
        this.intakes = intakes;
        this.keyring = keyring;
        this.audit = audit;
        this.imports = imports;
        this.refusedRows = refusedRows;
        this.watermarks = watermarks;
        this.queue = queue;
        this.spool = spool;
        this.sources = sources;
        this.skipLimit = skipLimit;
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

    /** How many rows imports refused that began before this time. */
    public long refusedBefore(Instant limit) {
        return refusedRows.countBefore(limit);
    }

    /** Removes the rows, with their text, that imports refused which began before this time; answers how many. */
    public long removeRefusedBefore(Instant limit) {
        return refusedRows.removeBefore(limit);
    }

    private ImportView upload(UploadRequest request, ImportKind kind, String user) throws IOException {
        Map<String, String> columns;
        SkipLimit limit;
        try {
            columns = new ColumnMapping(request.columns()).columns();
            limit = new SkipLimit(request.skipLimit().orElse(skipLimit));
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid("Wrong parameter", e.getMessage() + " Nothing was stored.", Map.of());
        }
        long id = intakes.nextImport();
        boolean queued = false;
        try {
            List<ImportPlan.Part> parts = take(request, id);
            ImportView view = submit(
                    new ImportPlan(
                            id,
                            id,
                            request.dataset(),
                            Optional.empty(),
                            request.mode(),
                            new ImportPlan.Settings(parts, columns, limit.text()),
                            Optional.empty(),
                            Optional.empty(),
                            user),
                    kind);
            queued = true;
            return view;
        } finally {
            if (!queued) {
                spool.remove(id);
            }
        }
    }

    private List<ImportPlan.Part> take(UploadRequest request, long id) throws IOException {
        List<ImportPlan.Part> parts = new ArrayList<>();
        long size = 0;
        for (UploadRequest.Part part : request.parts()) {
            SourceFormat format = format(part.contentType());
            DatasetKeys keys = keyring.of(intakes.dataset(request.dataset()));
            size += spool.take(part.body(), keys, id, parts.size(), size);
            parts.add(new ImportPlan.Part(
                    part.name(), format, part.split().map(Split::name).orElse("")));
        }
        return parts;
    }

    /** @throws ProblemException if rows are not read from files of this type */
    static SourceFormat format(String contentType) {
        return SourceFormat.ofMediaType(contentType)
                .orElseThrow(() -> ProblemException.invalid(
                        "Unknown format",
                        "The content type is '" + contentType + "'; rows are read from application/x-ndjson, text/csv,"
                                + " text/plain, text/markdown and application/zip.",
                        Map.of("field", "contentType")));
    }

    /**
     * Queues the import of a source, from where its last one ended.
     *
     * @param source its name in {@code mlx.datasets.sources}, or that of a {@link DatasetSource}
     * @param user who asks for it
     * @throws ProblemException if there is no such source
     */
    public ImportView start(String source, String user) {
        NamedSource named = source(source);
        long id = intakes.nextImport();
        return submit(
                new ImportPlan(
                        id,
                        id,
                        named.dataset(),
                        Optional.of(source),
                        named.mode(),
                        new ImportPlan.Settings(List.of(), named.columns(), named.skipLimit()),
                        watermarks.of(source, named.dataset()),
                        Optional.empty(),
                        user),
                ImportKind.SOURCE);
    }

    private ImportView submit(ImportPlan plan, ImportKind kind) {
        queue.submit(plan, kind);
        LOG.info("Import {} of dataset {} is QUEUED, by {}.", plan.id(), plan.dataset(), plan.user());
        wake.run();
        return get(plan.id());
    }

    /** All sources, by name. */
    public List<SourceView> sources() {
        return sources.values().stream().map(this::view).toList();
    }

    /** Names of the sources whose rows go to a dataset. */
    public List<String> sourcesOf(String dataset) {
        return sources.values().stream()
                .filter(source -> source.dataset().equals(dataset))
                .map(NamedSource::name)
                .toList();
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
        if (found.getTotalElements() == 0 && sourcesOf(dataset).isEmpty() && !imports.any(dataset)) {
            intakes.requireDataset(dataset);
        }
        return found;
    }

    /** Where the rows stand that an import refused, and why; in the order they were read. */
    public Page<RefusedRowView> refused(long id, Pageable page) {
        return refusedRows.list(get(id).id(), page);
    }

    /**
     * The text of a row that an import refused; noted in the audit log.
     *
     * @param row its id among the refused rows
     * @param user who reads it
     * @throws ProblemException if there is no such import or row
     */
    public RefusedRowText refusedText(String dataset, long id, long row, String user) {
        ImportView view = get(dataset, id);
        RefusedRowText text = keyring.reading(() -> opened(id, row));
        audit.record(new AuditEntry(
                user,
                AuditAction.ROW_REFUSED_READ,
                view.dataset(),
                Optional.empty(),
                Optional.empty(),
                1,
                "Refused row " + row + " of import " + id));
        return text;
    }

    private RefusedRowText opened(long id, long row) {
        RefusedRows.Kept kept = refusedRows
                .find(id, row)
                .orElseThrow(() -> ProblemException.notFound(
                        "Unknown row", "Import " + id + " has no refused row " + row + ".", Map.of()));
        byte[] text = keyring.of(kept.datasetId()).open(kept.text(), RefusedRows.USE);
        RefusedRowView where = kept.view();
        return new RefusedRowText(
                where.id(), where.part(), where.line(), where.reason(), new String(text, StandardCharsets.UTF_8));
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

    /** What went wrong with an import whose caller waits for it, with the first rows that it refused. */
    ProblemException failure(ImportView view) {
        if (view.refused() == 0) {
            return ProblemException.invalid(
                    "Unusable upload",
                    view.reason() == null ? "Import " + view.id() + " is " + view.state() + "." : view.reason(),
                    Map.of("import", view.id()));
        }
        List<Map<String, Object>> rows = new ArrayList<>();
        refusedRows.list(view.id(), PageRequest.of(0, SHOWN)).forEach(row -> {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("file", row.part());
            entry.put("line", row.line());
            entry.put("reason", row.reason());
            rows.add(entry);
        });
        Map<String, Object> first = rows.getFirst();
        String place = (first.get("file").equals("") ? "" : first.get("file") + ", ") + "line " + first.get("line");
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("import", view.id());
        fields.put("file", first.get("file"));
        fields.put("line", first.get("line"));
        fields.put("rows", rows);
        String count = view.refused() == 1 ? "One row is" : view.refused() + " rows are";
        return ProblemException.invalid(
                "Bad rows", count + " wrong and nothing was stored. " + place + ": " + first.get("reason"), fields);
    }

    private SourceView view(NamedSource source) {
        String kind =
                switch (source) {
                    case NamedSource.OfFolder folder -> "folder";
                    case NamedSource.OfQuery query -> "query";
                    case NamedSource.OfBean bean -> "bean";
                };
        return new SourceView(
                source.name(),
                source.dataset(),
                kind,
                source.mode(),
                watermarks.of(source.name(), source.dataset()).orElse(null),
                imports.lastOf(source.name()).orElse(null));
    }

    private NamedSource source(String name) {
        NamedSource source = sources.get(name);
        if (source == null) {
            throw ProblemException.notFound(
                    "Unknown source",
                    "There is no source '" + name
                            + "' in mlx.datasets.sources, and no DatasetSource bean of that name. "
                            + (sources.isEmpty()
                                    ? "There are none."
                                    : "There are: " + String.join(", ", sources.keySet()) + "."),
                    Map.of("sources", List.copyOf(sources.keySet())));
        }
        return source;
    }

    private static ProblemException unknown(long id) {
        return ProblemException.notFound("Unknown import", "There is no import " + id + ".", Map.of());
    }
}
