package org.mlxspring.autoconfigure.prepare;

import java.util.List;
import org.mlxspring.autoconfigure.dataset.StoredRow;
import org.mlxspring.engine.data.Split;

/**
 * Rows that stand one after the other.
 *
 * @param split their split
 * @param rows at least one
 */
record RowPage(Split split, List<StoredRow> rows) {}
