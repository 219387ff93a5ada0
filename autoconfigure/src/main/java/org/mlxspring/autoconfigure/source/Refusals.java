package org.mlxspring.autoconfigure.source;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mlxspring.autoconfigure.audit.AuditAction;
import org.mlxspring.autoconfigure.audit.AuditEntry;
import org.mlxspring.autoconfigure.audit.AuditLog;
import org.mlxspring.autoconfigure.encryption.Keyring;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;

/** What imports refused, for those who ask why and those who clean up. */
public class Refusals {

    private static final int SHOWN = 20;

    private final Imports imports;
    private final RefusedRows rows;
    private final Keyring keyring;
    private final AuditLog audit;

    Refusals(Imports imports, RefusedRows rows, Keyring keyring, AuditLog audit) {
        this.imports = imports;
        this.rows = rows;
        this.keyring = keyring;
        this.audit = audit;
    }

    /** How many rows imports refused that began before this time. */
    public long countBefore(Instant limit) {
        return rows.countBefore(limit);
    }

    /** Removes the rows, with their text, that imports refused which began before this time; answers how many. */
    public long removeBefore(Instant limit) {
        return rows.removeBefore(limit);
    }

    /**
     * Where the rows stand that an import refused, and why; in the order they were read.
     *
     * @throws ProblemException if the dataset has no such import
     */
    public Page<RefusedRowView> list(String dataset, long importId, Pageable page) {
        return rows.list(imports.get(dataset, importId).id(), page);
    }

    /**
     * The text of a row that an import refused; noted in the audit log.
     *
     * @param row its id among the refused rows
     * @param user who reads it
     * @throws ProblemException if there is no such import or row
     */
    public RefusedRowText text(String dataset, long importId, long row, String user) {
        ImportView view = imports.get(dataset, importId);
        RefusedRowText text = keyring.reading(() -> opened(importId, row));
        audit.record(new AuditEntry(
                user,
                AuditAction.ROW_REFUSED_READ,
                view.dataset(),
                Optional.empty(),
                Optional.empty(),
                1,
                "Refused row " + row + " of import " + importId));
        return text;
    }

    private RefusedRowText opened(long importId, long row) {
        RefusedRows.Kept kept = rows.find(importId, row)
                .orElseThrow(() -> ProblemException.notFound(
                        "Unknown row", "Import " + importId + " has no refused row " + row + ".", Map.of()));
        byte[] text = keyring.of(kept.datasetId()).open(kept.text(), RefusedRows.USE);
        RefusedRowView where = kept.view();
        return new RefusedRowText(
                where.id(), where.part(), where.line(), where.reason(), new String(text, StandardCharsets.UTF_8));
    }

    /** What went wrong with an import whose caller waits for it, with the first rows that it refused. */
    ProblemException problem(ImportView view) {
        List<RefusedRowView> refused =
                rows.list(view.id(), PageRequest.of(0, SHOWN)).getContent();
        if (refused.isEmpty()) {
            return ProblemException.invalid(
                    "Unusable upload",
                    view.reason() == null ? "Import " + view.id() + " is " + view.state() + "." : view.reason(),
                    Map.of("import", view.id()));
        }
        RefusedRowView first = refused.getFirst();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("import", view.id());
        fields.put("file", first.part());
        fields.put("line", first.line());
        fields.put("rows", refused.stream().map(Refusals::fields).toList());
        String count = view.refused() == 1 ? "One row is" : view.refused() + " rows are";
        String place = (first.part().isEmpty() ? "" : first.part() + ", ") + "line " + first.line();
        return ProblemException.invalid(
                "Bad rows", count + " wrong and nothing was stored. " + place + ": " + first.reason(), fields);
    }

    private static Map<String, Object> fields(RefusedRowView row) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("file", row.part());
        fields.put("line", row.line());
        fields.put("reason", row.reason());
        return fields;
    }
}
