package org.mlxspring.autoconfigure.dataset;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ids of rows, a page of them.
 *
 * @param content the ids, ascending
 * @param next what to give as after for the next page; null at the end
 */
public record RowIdsView(List<Long> content, @Nullable Long next) {}
