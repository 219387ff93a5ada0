package org.mlxspring.autoconfigure.model;

import java.nio.file.Path;

/**
 * The champion as the evaluation meets it.
 *
 * @param version its number
 * @param adapter folder of its adapter
 */
public record Champion(int version, Path adapter) {}
