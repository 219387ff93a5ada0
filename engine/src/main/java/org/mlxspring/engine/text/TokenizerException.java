package org.mlxspring.engine.text;

import java.nio.file.Path;

/** A model folder whose tokenizer cannot be used; the message names the folder and what it needs. */
public final class TokenizerException extends RuntimeException {

    public TokenizerException(Path folder, String reason) {
        super(folder + ": " + reason);
    }

    public TokenizerException(Path folder, String reason, Throwable cause) {
        super(folder + ": " + reason, cause);
    }
}
