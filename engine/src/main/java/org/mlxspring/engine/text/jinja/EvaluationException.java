package org.mlxspring.engine.text.jinja;

/** Something went wrong while a template was rendered; the renderer adds the line. */
final class EvaluationException extends RuntimeException {

    EvaluationException(String reason) {
        super(reason, null, false, false);
    }
}
