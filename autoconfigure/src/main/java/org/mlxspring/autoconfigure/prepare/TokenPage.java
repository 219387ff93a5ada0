package org.mlxspring.autoconfigure.prepare;

import java.util.List;
import org.mlxspring.engine.data.EncodedRow;
import org.mlxspring.engine.data.Split;

/**
 * A {@link RowPage}, tokenized.
 *
 * @param split the split of the rows
 * @param rows the rows, in order
 */
record TokenPage(Split split, List<EncodedRow> rows) {}
