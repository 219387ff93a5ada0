package org.mlxspring.engine.model.convert;

import java.util.List;
import java.util.Optional;
import org.mlxspring.engine.array.DType;

/**
 * What a conversion wrote.
 *
 * @param files names in the new folder
 * @param dtype type that floats were given; empty where they kept theirs
 * @param bitsPerWeight bits of all tensors per weight of the model
 */
public record Conversion(List<String> files, Optional<DType> dtype, double bitsPerWeight) {}
