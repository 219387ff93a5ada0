package org.mlxspring.autoconfigure.lineage;

/**
 * An import that rows came with.
 *
 * @param id the import
 * @param mode {@code REPLACE} or {@code APPEND}
 * @param startedBy who asked for it
 * @param rows how many of the rows in question it brought
 */
public record ImportUse(long id, String mode, String startedBy, long rows) {}
