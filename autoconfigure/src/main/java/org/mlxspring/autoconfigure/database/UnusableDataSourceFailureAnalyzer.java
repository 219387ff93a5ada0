package org.mlxspring.autoconfigure.database;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says at start what is missing of a database; found by Spring Boot through {@code spring.factories}. */
final class UnusableDataSourceFailureAnalyzer extends AbstractFailureAnalyzer<UnusableDataSourceException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnusableDataSourceException cause) {
        return new FailureAnalysis(
                String.valueOf(cause.getMessage()),
                cause.action() + " To switch the starter off, set mlx.enabled=false.",
                cause);
    }
}
