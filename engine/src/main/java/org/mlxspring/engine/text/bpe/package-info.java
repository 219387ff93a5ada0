/**
 * Byte pair encoding as Hugging Face's tokenizers library does it, for the kinds of {@code tokenizer.json} that language
 * models use; called by the tokenizer of this engine alone. Whatever is not understood whole is not tried.
 */
@NullMarked
package org.mlxspring.engine.text.bpe;

import org.jspecify.annotations.NullMarked;
