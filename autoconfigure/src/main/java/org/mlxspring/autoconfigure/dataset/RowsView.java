package org.mlxspring.autoconfigure.dataset;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows with their text, a page of them.
 *
 * @param content the rows in the order of their ids
 * @param next what to give as after for the next page; null at the end
 */
public record RowsView(List<RowView> content, @Nullable Long next) {}
