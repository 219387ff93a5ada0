package org.mlxspring.autoconfigure.model;

import org.jspecify.annotations.Nullable;

/**
 * A base model. The path is text and not a {@code Path}, because Spring would look for a relative one in the web
 * application instead of the working folder.
 *
 * @param path Folder of the base model: config.json, safetensors and tokenizer files; plain or quantized, but not GGUF.
 */
public record ModelProperties(@Nullable String path) {}
