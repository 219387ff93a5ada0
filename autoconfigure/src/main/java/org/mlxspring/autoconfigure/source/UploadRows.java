package org.mlxspring.autoconfigure.source;

import java.io.IOException;
import java.util.Optional;
import org.mlxspring.autoconfigure.encryption.DatasetKeys;

/** The rows of an upload, part after part. */
final class UploadRows implements RawRows {

    private final ImportPlan plan;
    private final DatasetKeys keys;
    private final Spool spool;
    private final ZipLimits limits;
    private Optional<RawRows> current = Optional.empty();
    private int next;

    UploadRows(ImportPlan plan, DatasetKeys keys, Spool spool, ZipLimits limits) {
        this.plan = plan;
        this.keys = keys;
        this.spool = spool;
        this.limits = limits;
    }

    @Override
    public Optional<RawRow> next() throws IOException {
        while (true) {
            if (current.isPresent()) {
                Optional<RawRow> row = current.get().next();
                if (row.isPresent()) {
                    return row;
                }
                close();
            }
            if (next == plan.settings().parts().size()) {
                return Optional.empty();
            }
            ImportPlan.Part part = plan.settings().parts().get(next);
            current = Optional.of(part.format().open(part.name(), spool.open(keys, plan.id(), next), limits));
            next++;
        }
    }

    @Override
    public void close() throws IOException {
        if (current.isPresent()) {
            current.get().close();
            current = Optional.empty();
        }
    }
}
