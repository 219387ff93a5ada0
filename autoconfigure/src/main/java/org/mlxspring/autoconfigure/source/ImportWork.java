package org.mlxspring.autoconfigure.source;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.mlxspring.autoconfigure.audit.AuditAction;
import org.mlxspring.autoconfigure.audit.AuditEntry;
import org.mlxspring.autoconfigure.audit.AuditLog;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.dataset.DatasetVersion;
import org.mlxspring.autoconfigure.dataset.Intake;
import org.mlxspring.autoconfigure.dataset.RowIntake;
import org.mlxspring.autoconfigure.dataset.VersionState;
import org.mlxspring.autoconfigure.encryption.DatasetKeys;
import org.mlxspring.autoconfigure.encryption.Keyring;
import org.mlxspring.engine.data.Split;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/** What is done for an import: its job, and what follows when it ends in one way or another. */
final class ImportWork {

    private final MlxDatabase database;
    private final RowIntake intakes;
    private final Keyring keyring;
    private final AuditLog audit;
    private final ImportTable imports;
    private final RefusedRows refusedRows;
    private final Watermarks watermarks;
    private final SourceOpening sources;
    private final ImportRedaction redaction;
    private final Spool spool;
    private final ImportJob jobs;
    private final Consumer<DatasetVersion> check;

    /** @param check looks at a version that was made, and says that it is ready or blocked */
    ImportWork(
            MlxDatabase database,
            RowIntake intakes,
            Keyring keyring,
            AuditLog audit,
            ImportTable imports,
            RefusedRows refusedRows,
            Watermarks watermarks,
            SourceOpening sources,
            ImportRedaction redaction,
            Spool spool,
            ImportJob jobs,
            Consumer<DatasetVersion> check) {
        this.database = database;
        this.intakes = intakes;
        this.keyring = keyring;
        this.audit = audit;
        this.imports = imports;
        this.refusedRows = refusedRows;
        this.watermarks = watermarks;
        this.sources = sources;
        this.redaction = redaction;
        this.spool = spool;
        this.jobs = jobs;
        this.check = check;
    }

    /** An import as it goes on: one whose rows were taken back while it was broken off begins anew. */
    ImportPlan goOn(ImportPlan plan) {
        if (!intakes.givenUp(plan.intake())) {
            return plan;
        }
        imports.tookBack(plan.id(), intakes.nextImport());
        return imports.plan(plan.id()).orElseThrow();
    }

    /** The job of an import that has its turn. */
    Job job(ImportPlan plan, ImportControl control) {
        imports.unfinished(plan.dataset()).stream()
                .filter(other -> other.id() != plan.id())
                .forEach(this::takeBack);
        if (imports.begin(plan.id())) {
            refusedRows.removeOf(plan.id());
        }
        Intake intake = begun(plan);
        DatasetKeys keys = keyring.of(intake.datasetId());
        SkipLimit limit = new SkipLimit(plan.settings().skipLimit());
        RowPreparation preparation = new RowPreparation(
                new ColumnMapping(plan.settings().columns()),
                splits(plan),
                redaction.of(keys),
                redaction.keepsOriginal());
        ImportWriter writer = new ImportWriter(intake, plan.id(), intakes, refusedRows, imports, keys, limit);
        return jobs.build(
                new ImportReader(() -> sources.open(plan, keys), keys, control, writer::requireUsable),
                preparation,
                writer,
                (contribution, context) -> {
                    finish(plan, limit, jobs.rowsOf(context.getStepContext().getStepExecution()));
                    return RepeatStatus.FINISHED;
                });
    }

    private Intake begun(ImportPlan plan) {
        return intakes.begin(plan.dataset(), plan.intake(), plan.mode(), drawn(plan), plan.user());
    }

    /** Splits that no part of the upload fills are drawn from its rows. */
    private static Set<Split> drawn(ImportPlan plan) {
        EnumSet<Split> drawn = EnumSet.of(Split.VALID, Split.TEST);
        drawn.removeAll(splits(plan).values());
        return drawn;
    }

    private static Map<String, Split> splits(ImportPlan plan) {
        Map<String, Split> splits = new HashMap<>();
        plan.settings().parts().forEach(part -> ColumnMapping.split(part.split())
                .ifPresent(split -> splits.put(part.name(), split)));
        return splits;
    }

    private void finish(ImportPlan plan, SkipLimit limit, ExecutionContext rows) {
        ImportView counts = imports.view(plan.id()).orElseThrow();
        if (limit.exceeded(counts.refused(), counts.read())) {
            throw new TooManyRefusedException(plan.id());
        }
        DatasetVersion version =
                Objects.requireNonNull(database.transactions().execute(status -> made(plan, counts, rows)));
        if (version.state() == VersionState.BUILDING) {
            check.accept(version);
        }
    }

    /** Checks a version whose import was interrupted just behind it. */
    void checkAgain(ImportPlan plan) {
        DatasetVersion version = intakes.finish(plan.intake());
        if (version.state() == VersionState.BUILDING) {
            check.accept(version);
        }
    }

    private DatasetVersion made(ImportPlan plan, ImportView counts, ExecutionContext rows) {
        DatasetVersion version = intakes.finish(plan.intake());
        Optional<String> watermark = ImportReader.watermark(rows).or(plan::since);
        imports.made(plan.id(), version.id(), version.version(), watermark.orElse(null));
        if (plan.source().isPresent() && watermark.isPresent()) {
            watermarks.set(plan.source().get(), plan.dataset(), watermark.get(), plan.id());
        }
        audit.record(new AuditEntry(
                plan.user(),
                AuditAction.ROWS_ADDED,
                plan.dataset(),
                Optional.of(version.version()),
                Optional.empty(),
                counts.added() + counts.changed(),
                "Import " + plan.id()
                        + plan.source().map(name -> " of source " + name).orElse("")));
        return version;
    }

    /** Takes back what an import brought in, so that it begins anew. Its counts stay, to be read, until then. */
    void takeBack(ImportPlan plan) {
        intakes.abandon(plan.intake());
        imports.tookBack(plan.id(), intakes.nextImport());
    }

    /** Takes back what an import brought in, and removes what was sent for it. */
    void discard(ImportPlan plan) {
        takeBack(plan);
        spool.remove(plan.id());
    }

    String tooManyRefused(ImportPlan plan) {
        ImportView counts = imports.view(plan.id()).orElseThrow();
        return counts.refused() + " of " + counts.read() + " rows cannot be used, and the limit is "
                + plan.settings().skipLimit() + "; nothing was stored.";
    }

    /** Removes what is needed no more after the import. */
    void clear(ImportPlan plan) {
        spool.remove(plan.id());
        spool.sweep();
    }
}
