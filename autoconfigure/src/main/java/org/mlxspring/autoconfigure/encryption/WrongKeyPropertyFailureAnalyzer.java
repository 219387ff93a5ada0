package org.mlxspring.autoconfigure.encryption;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says at start which property of the master keys is wrong; found by Spring Boot through {@code spring.factories}. */
final class WrongKeyPropertyFailureAnalyzer extends AbstractFailureAnalyzer<WrongKeyPropertyException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, WrongKeyPropertyException cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.advice(), cause);
    }
}
