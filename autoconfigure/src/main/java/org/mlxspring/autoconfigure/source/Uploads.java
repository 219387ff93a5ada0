package org.mlxspring.autoconfigure.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mlxspring.autoconfigure.dataset.RowIntake;
import org.mlxspring.autoconfigure.encryption.DatasetKeys;
import org.mlxspring.autoconfigure.encryption.Keyring;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.mlxspring.engine.data.Split;

/** Takes in the files that are sent, checked and sealed, before their import is queued. */
final class Uploads {

    private final RowIntake intakes;
    private final Keyring keyring;
    private final Spool spool;
    private final String skipLimit;

    /** @param skipLimit of requests that have none */
    Uploads(RowIntake intakes, Keyring keyring, Spool spool, String skipLimit) {
        this.intakes = intakes;
        this.keyring = keyring;
        this.spool = spool;
        this.skipLimit = skipLimit;
    }

    /**
     * What the import of a request needs; its files are there, whole, when this returns.
     *
     * @param importId what its files are kept under; whoever does not queue the import removes them
     * @throws ProblemException if the name of the dataset, a column, the limit or a format is wrong, or the files are too
     *     large
     * @throws IOException if a body ends early
     */
    ImportPlan.Settings take(UploadRequest request, long importId) throws IOException {
        Map<String, String> columns;
        SkipLimit limit;
        try {
            columns = new ColumnMapping(request.columns()).columns();
            limit = new SkipLimit(request.skipLimit().orElse(skipLimit));
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid("Wrong parameter", e.getMessage() + " Nothing was stored.", Map.of());
        }
        return new ImportPlan.Settings(parts(request, importId), columns, limit.text());
    }

    /** Removes the files of an import that was not queued. */
    void remove(long importId) {
        spool.remove(importId);
    }

    private List<ImportPlan.Part> parts(UploadRequest request, long importId) throws IOException {
        List<ImportPlan.Part> parts = new ArrayList<>();
        long size = 0;
        for (UploadRequest.Part part : request.parts()) {
            SourceFormat format = SourceFormat.ofRequest(part.contentType());
            DatasetKeys keys = keyring.of(intakes.dataset(request.dataset()));
            size += spool.take(part.body(), keys, importId, parts.size(), size);
            parts.add(new ImportPlan.Part(
                    part.name(), format, part.split().map(Split::name).orElse("")));
        }
        return parts;
    }
}
