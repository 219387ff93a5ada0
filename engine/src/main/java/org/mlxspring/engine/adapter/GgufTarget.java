package org.mlxspring.engine.adapter;

import org.mlxspring.engine.adapter.gguf.GgufType;

/**
 * A GGUF file to be written of a fused model.
 *
 * @param file path of the file; a relative one is in the folder of the fused model
 * @param type how its matrices are stored
 */
public record GgufTarget(String file, GgufType type) {}
