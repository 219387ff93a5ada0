package org.mlxspring.autoconfigure.dataset;

/**
 * Where a tag goes.
 *
 * @param version number of the version
 */
public record TagChange(int version) {}
