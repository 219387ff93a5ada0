package org.mlxspring.autoconfigure.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mlxspring.autoconfigure.dataset.Intake;
import org.mlxspring.autoconfigure.dataset.IntakeCounts;
import org.mlxspring.autoconfigure.dataset.NewRow;
import org.mlxspring.autoconfigure.dataset.RowIntake;
import org.mlxspring.autoconfigure.dataset.RowKind;
import org.mlxspring.autoconfigure.encryption.DatasetKeys;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStream;
import org.springframework.batch.infrastructure.item.ItemWriter;

/** Stores what can be used of a bundle and keeps what cannot, in one transaction with the place to go on from. */
final class ImportWriter implements ItemWriter<List<PreparedRow>>, ItemStream {

    private static final String KIND = "kind";

    private final Intake intake;
    private final long importId;
    private final RowIntake intakes;
    private final RefusedRows refusedRows;
    private final ImportTable imports;
    private final DatasetKeys keys;
    private final SkipLimit limit;
    private Optional<RowKind> kind = Optional.empty();
    private long taken;

    ImportWriter(
            Intake intake,
            long importId,
            RowIntake intakes,
            RefusedRows refusedRows,
            ImportTable imports,
            DatasetKeys keys,
            SkipLimit limit) {
        this.intake = intake;
        this.importId = importId;
        this.intakes = intakes;
        this.refusedRows = refusedRows;
        this.imports = imports;
        this.keys = keys;
        this.limit = limit;
        this.taken = intake.taken();
    }

    @Override
    public void open(ExecutionContext context) {
        if (context.containsKey(KIND)) {
            kind = Optional.of(RowKind.valueOf(context.getString(KIND)));
        }
    }

    @Override
    public void update(ExecutionContext context) {
        kind.ifPresent(known -> context.putString(KIND, known.name()));
    }

    @Override
    public void write(Chunk<? extends List<PreparedRow>> chunk) {
        for (List<PreparedRow> bundle : chunk) {
            write(bundle);
        }
    }

    private void write(List<PreparedRow> bundle) {
        List<NewRow> rows = new ArrayList<>(bundle.size());
        List<PreparedRow.Refused> refused = new ArrayList<>();
        for (PreparedRow row : bundle) {
            switch (row) {
                case PreparedRow.Refused bad -> refused.add(bad);
                case PreparedRow.Usable usable -> {
                    if (kind.isEmpty()) {
                        kind = Optional.of(usable.row().kind());
                    }
                    if (usable.row().kind() == kind.get()) {
                        rows.add(usable.row());
                    } else {
                        refused.add(usable.asRefused(usable.row().kind() == RowKind.PREFERENCE
                                ? "is a preference, and rows before it are none; keep preferences in a dataset of their own"
                                : "is no preference, and rows before it are; keep preferences in a dataset of their own"));
                    }
                }
            }
        }
        IntakeCounts counts = rows.isEmpty() ? new IntakeCounts(0, 0, 0) : intakes.add(intake, taken, rows);
        taken += rows.size();
        if (!refused.isEmpty()) {
            refusedRows.add(intake.datasetId(), importId, keys, refused);
        }
        imports.count(importId, bundle.size(), counts, refused.size());
    }

    /**
     * Whether reading on can help; asked between two bundles, so that what was refused is kept.
     *
     * @throws TooManyRefusedException if not
     */
    void requireUsable() {
        ImportView now = imports.view(importId).orElseThrow();
        if (limit.exceededBefore(now.refused(), now.read())) {
            throw new TooManyRefusedException(importId);
        }
    }
}
