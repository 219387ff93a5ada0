package org.mlxspring.autoconfigure.schedule;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says at start which property of a schedule is wrong; found by Spring Boot through {@code spring.factories}. */
final class WrongScheduleFailureAnalyzer extends AbstractFailureAnalyzer<WrongScheduleException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, WrongScheduleException cause) {
        return new FailureAnalysis(
                "The property " + cause.property() + " is wrong: " + cause.value() + ".",
                cause.advice() + " Correct " + cause.property() + ".",
                cause);
    }
}
