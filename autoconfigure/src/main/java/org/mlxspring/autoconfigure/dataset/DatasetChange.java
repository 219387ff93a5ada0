package org.mlxspring.autoconfigure.dataset;

/**
 * What to change of a dataset.
 *
 * @param description what it is, in words; at most 2,000 characters
 */
public record DatasetChange(String description) {}
