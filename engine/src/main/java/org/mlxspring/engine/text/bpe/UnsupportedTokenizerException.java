package org.mlxspring.engine.text.bpe;

/** A {@code tokenizer.json} that this package does not understand whole, and what in it. */
final class UnsupportedTokenizerException extends Exception {

    private static final long serialVersionUID = 1L;

    UnsupportedTokenizerException(String what) {
        super(what);
    }
}
