package org.mlxspring.autoconfigure.encryption;

import java.util.Map;

/**
 * A table with columns that are sealed with rows keys of datasets; a bean for each, so that a rotation finds them. The
 * table has the columns {@code id}, {@code dataset_id} and {@code key_number}, with a foreign key on the latter two to
 * {@code mlx_dataset_keys}, so that no key can go which is still needed.
 *
 * @param name name of the table
 * @param columns its sealed columns, each with the use that its bytes are sealed for
 */
public record SealedTable(String name, Map<String, String> columns) {

    /** Copies the columns. */
    public SealedTable {
        columns = Map.copyOf(columns);
    }
}
