package org.mlxspring.autoconfigure.model;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A base model.
 *
 * @param path Folder of the base model: config.json, safetensors and tokenizer files.
 */
public record ModelProperties(@Nullable Path path) {}
