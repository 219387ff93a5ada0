package org.mlxspring.autoconfigure.source;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says at start which property of a source is wrong; found by Spring Boot through {@code spring.factories}. */
final class WrongSourceFailureAnalyzer extends AbstractFailureAnalyzer<WrongSourceException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, WrongSourceException cause) {
        return new FailureAnalysis(
                "The property " + cause.property() + " is wrong: " + cause.value() + ".",
                cause.advice() + " Correct " + cause.property() + ".",
                cause);
    }
}
