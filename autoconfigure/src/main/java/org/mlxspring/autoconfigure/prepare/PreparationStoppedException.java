package org.mlxspring.autoconfigure.prepare;

/** A preparation was asked to stop; the next one goes on with what is there. */
public final class PreparationStoppedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PreparationStoppedException() {
        super("The preparation was stopped; the next one goes on from here.", null, false, false);
    }
}
