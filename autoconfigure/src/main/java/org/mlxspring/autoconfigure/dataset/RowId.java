package org.mlxspring.autoconfigure.dataset;

import org.mlxspring.engine.data.Split;

/**
 * Where a row is.
 *
 * @param id its id
 * @param split its split
 */
public record RowId(long id, Split split) {}
