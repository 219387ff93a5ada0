package org.mlxspring.autoconfigure.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.mlxspring.autoconfigure.dataset.RowJson;
import org.mlxspring.autoconfigure.dataset.StoredRow;
import org.mlxspring.engine.data.RowParser;
import org.mlxspring.engine.data.RowRefusal;

/** Everything that is looked for in each row alone. Safe for several threads. */
final class RowExamination {

    private final List<RowCheck> checks;
    private final RowMeasure measure;
    private final Optional<MinHash> minHash;
    private final SipHash hash;

    /**
     * @param checks what to look for
     * @param measure how long rows are
     * @param minHash makes the signatures; empty where similar rows are not looked for
     * @param hash makes the hashes that rows are compared by
     */
    RowExamination(List<RowCheck> checks, RowMeasure measure, Optional<MinHash> minHash, SipHash hash) {
        this.checks = List.copyOf(checks);
        this.measure = measure;
        this.minHash = minHash;
        this.hash = hash;
    }

    LengthUnit unit() {
        return measure.unit();
    }

    /** Looks at each of these rows. */
    Examined of(List<StoredRow> stored) {
        List<ExaminedRow> rows = new ArrayList<>(stored.size());
        ScriptCount scripts = new ScriptCount();
        for (StoredRow each : stored) {
            rows.add(examined(read(each), scripts));
        }
        return new Examined(rows, scripts);
    }

    private ExaminedRow examined(CheckedRow row, ScriptCount scripts) {
        List<CheckFinding> findings = new ArrayList<>();
        checks.forEach(check -> check.check(row, findings::add));
        OptionalInt length = measure.length(row, findings::add);
        String text = row.text();
        scripts.add(text);
        return new ExaminedRow(
                row.id(),
                row.split(),
                RowHashes.of(row, hash),
                minHash.flatMap(hashes -> hashes.signature(text)),
                length,
                findings);
    }

    private static CheckedRow read(StoredRow stored) {
        Map<String, Object> object = RowJson.read(stored.json());
        try {
            return new CheckedRow(stored.id(), stored.split(), stored.json(), object, RowParser.row(object));
        } catch (RowRefusal e) {
            throw new IllegalStateException("Row " + stored.id() + ", which is stored, " + e.reason(), e);
        }
    }
}
