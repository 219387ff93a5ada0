package org.mlxspring.engine.adapter;

import java.nio.file.Path;
import org.mlxspring.engine.adapter.gguf.GgufType;

/**
 * A GGUF file to be written of a fused model.
 *
 * @param file its place; a relative one is in the folder of the fused model
 * @param type how its matrices are stored
 */
public record GgufTarget(Path file, GgufType type) {}
