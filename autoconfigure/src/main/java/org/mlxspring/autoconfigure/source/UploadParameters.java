package org.mlxspring.autoconfigure.source;

import java.util.Locale;
import java.util.Map;
import org.mlxspring.autoconfigure.dataset.IntakeMode;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.mlxspring.engine.data.Split;

/** The query parameters of an upload and its preview. */
final class UploadParameters {

    private UploadParameters() {}

    static IntakeMode mode(String mode) {
        return switch (mode.toLowerCase(Locale.ROOT)) {
            case "replace" -> IntakeMode.REPLACE;
            case "append" -> IntakeMode.APPEND;
            default -> throw wrong("mode", "mode is '" + mode + "'; it must be replace or append.");
        };
    }

    static Split split(String name) {
        return ColumnMapping.split(name)
                .orElseThrow(() -> wrong("split", "split is '" + name + "'; it must be train, valid or test."));
    }

    static Map<String, String> columns(String columns) {
        try {
            return ColumnMapping.parse(columns).columns();
        } catch (IllegalArgumentException e) {
            throw wrong("columns", String.valueOf(e.getMessage()));
        }
    }

    private static ProblemException wrong(String parameter, String detail) {
        return ProblemException.invalid("Wrong parameter", detail, Map.of("parameter", parameter));
    }
}
