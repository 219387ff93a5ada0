package org.mlxspring.engine.adapter;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Adds an adapter to its base model and writes the result as a model folder of its own.
 *
 * @param model folder of the base model
 * @param adapterPath folder of the adapter
 * @param savePath folder that receives the fused model; it must not exist, or be empty
 * @param dequantize whether a quantized base becomes an unquantized model
 * @param gguf a GGUF file to be written too
 * @param check how the results are compared with base and adapter
 */
public record FuseSpec(
        Path model, Path adapterPath, Path savePath, boolean dequantize, Optional<GgufTarget> gguf, CheckSpec check) {

    /** A model folder alone, checked with the rows of the adapter's training if they are still there. */
    public FuseSpec(Path model, Path adapterPath, Path savePath, boolean dequantize) {
        this(model, adapterPath, savePath, dequantize, Optional.empty(), CheckSpec.DEFAULT);
    }
}
