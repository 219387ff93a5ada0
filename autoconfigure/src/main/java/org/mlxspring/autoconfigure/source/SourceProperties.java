package org.mlxspring.autoconfigure.source;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mlxspring.autoconfigure.dataset.IntakeMode;

/**
 * Where rows of a dataset come from: a folder of the server, or a query.
 *
 * @param dataset Name of the dataset that the rows go to.
 * @param folder Folder with .jsonl, .csv, .txt, .md or .zip files, read with those below it in the order of their names.
 * @param query SQL query. Where it has a watermark, ":watermark" stands for the largest value that was read before, as
 *     in "where changed_at >= :watermark order by changed_at, id".
 * @param datasource Name of the DataSource bean of the query. The only or primary one when absent.
 * @param watermarkColumn Column of the query that grows with every new or changed row: a number, a date or a time.
 * @param columns Which columns hold what: prompt, completion, text, messages, tools, chosen, rejected, id, subject, split.
 * @param mode Whether an import is the whole content of the dataset (replace) or comes on top of it (append). append for
 *     a query with a watermark, replace otherwise.
 * @param skipLimit Rows that cannot be used which an import may have, as in mlx.datasets.imports.skip-limit.
 */
public record SourceProperties(
        @Nullable String dataset,
        @Nullable String folder,
        @Nullable String query,
        @Nullable String datasource,
        @Nullable String watermarkColumn,
        @Nullable Map<String, String> columns,
        @Nullable IntakeMode mode,
        @Nullable String skipLimit) {

    public SourceProperties {
        columns = columns == null ? Map.of() : Map.copyOf(columns);
    }
}
