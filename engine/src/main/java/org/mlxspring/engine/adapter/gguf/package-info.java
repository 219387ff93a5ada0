/** GGUF files for llama.cpp and Ollama: writing a model folder as one, reading it back; called by {@code adapter} and {@code cli}. */
@NullMarked
package org.mlxspring.engine.adapter.gguf;

import org.jspecify.annotations.NullMarked;
