package org.mlxspring.engine.evaluate;

/** An evaluation ended early because it was asked to stop. */
public final class EvaluationStoppedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EvaluationStoppedException() {
        super("The evaluation was asked to stop");
    }
}
