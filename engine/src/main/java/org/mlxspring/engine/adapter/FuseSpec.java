package org.mlxspring.engine.adapter;

import java.nio.file.Path;

/**
 * Adds an adapter to its base model and writes the result as a model folder of its own.
 *
 * @param model folder of the base model
 * @param adapterPath folder of the adapter
 * @param savePath folder that receives the fused model; it must not exist, or be empty
 * @param dequantize whether a quantized base becomes an unquantized model
 */
public record FuseSpec(Path model, Path adapterPath, Path savePath, boolean dequantize) {}
