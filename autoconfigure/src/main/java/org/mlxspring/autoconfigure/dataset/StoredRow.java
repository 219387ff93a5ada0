package org.mlxspring.autoconfigure.dataset;

import org.mlxspring.engine.data.Split;

/**
 * A row, opened.
 *
 * @param id its id, larger than those of the rows before it
 * @param split its split
 * @param kind what kind of row it is
 * @param json a JSON object
 */
public record StoredRow(long id, Split split, RowKind kind, String json) {}
