package org.mlxspring.autoconfigure.prepare;

import java.nio.file.Path;
import java.util.Optional;
import org.mlxspring.autoconfigure.audit.AuditAction;
import org.mlxspring.autoconfigure.audit.AuditEntry;
import org.mlxspring.autoconfigure.audit.AuditLog;
import org.mlxspring.autoconfigure.dataset.DatasetRows;
import org.mlxspring.autoconfigure.dataset.DatasetVersion;
import org.mlxspring.engine.data.Split;

/** Hands rows as text to a worker, for what token ids are not enough for. */
public class RowExport {

    private final DatasetRows rows;
    private final AuditLog audit;

    RowExport(DatasetRows rows, AuditLog audit) {
        this.rows = rows;
        this.audit = audit;
    }

    /**
     * Writes the first rows of a split to a sealed file; the caller closes it once the worker has ended.
     *
     * @param folder for this file alone; what an earlier attempt left there is removed
     * @param limit how many rows at most
     * @param purpose what for, for the audit log
     */
    public ExportedRows write(
            DatasetVersion version, Split split, Path folder, int limit, Reader reader, String purpose) {
        ExportedRows exported = new ExportedRows(folder);
        exported.close();
        exported.write(rows, version, split, limit);
        audit.record(new AuditEntry(
                reader.actor(),
                AuditAction.ROWS_READ,
                version.dataset(),
                Optional.of(version.version()),
                Optional.empty(),
                exported.rows(),
                purpose + " of run " + reader.run()));
        return exported;
    }
}
