package org.mlxspring.autoconfigure.erasure;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be erased: rows by their ids, or all rows of a subject.
 *
 * @param dataset name of the dataset; null, with a subject, for all datasets
 * @param rows ids of rows of the dataset, at most 10,000; null with a subject. A row that has the same content as one of
 *     them, or is another content of the same record of its source, is erased too
 * @param subject the key of the person or thing whose rows are erased, as its source gives it; null with rows
 * @param reason why, for the report and the audit log; no personal data
 */
public record ErasureRequest(
        @Nullable String dataset,
        @Nullable List<Long> rows,
        @Nullable String subject,
        @Nullable String reason) {

    /** All rows of a subject, in every dataset. */
    public static ErasureRequest ofSubject(String subject, String reason) {
        return new ErasureRequest(null, null, subject, reason);
    }

    /** Rows of a dataset. */
    public static ErasureRequest ofRows(String dataset, List<Long> rows, String reason) {
        return new ErasureRequest(dataset, List.copyOf(rows), null, reason);
    }
}
