/**
 * Text to token ids and back: the tokenizer of a model folder, its chat template and the streaming detokenizer; called
 * by data, generate, evaluate and the command line.
 */
@NullMarked
package org.mlxspring.engine.text;

import org.jspecify.annotations.NullMarked;
