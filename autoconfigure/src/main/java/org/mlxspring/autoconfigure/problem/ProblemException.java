package org.mlxspring.autoconfigure.problem;

import java.util.LinkedHashMap;
import java.util.Map;

/** A request that cannot be met as it is; the message says why and what would be right. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What kind of wrong it is. */
    public enum Kind {
        /** What the request names does not exist: HTTP 404. */
        NOT_FOUND,
        /** It is not possible in the present state: HTTP 409. */
        CONFLICT,
        /** Its content is wrong: HTTP 422. */
        INVALID,
        /** It is larger than is allowed: HTTP 413. */
        TOO_LARGE
    }

    private final Kind kind;
    private final String title;
    private final transient Map<String, Object> fields;

    private ProblemException(Kind kind, String title, String detail, Map<String, ?> fields) {
        super(detail);
        this.kind = kind;
        this.title = title;
        this.fields = new LinkedHashMap<>(fields);
    }

    public static ProblemException notFound(String title, String detail, Map<String, ?> fields) {
        return new ProblemException(Kind.NOT_FOUND, title, detail, fields);
    }

    public static ProblemException conflict(String title, String detail, Map<String, ?> fields) {
        return new ProblemException(Kind.CONFLICT, title, detail, fields);
    }

    public static ProblemException invalid(String title, String detail, Map<String, ?> fields) {
        return new ProblemException(Kind.INVALID, title, detail, fields);
    }

    public static ProblemException tooLarge(String title, String detail, Map<String, ?> fields) {
        return new ProblemException(Kind.TOO_LARGE, title, detail, fields);
    }

    public Kind kind() {
        return kind;
    }

    /** The kind of problem in a few words, the same for all of its occurrences. */
    public String title() {
        return title;
    }

    /** What a program may want to know: the name of a setting, a file and line, the names that exist. */
    public Map<String, Object> fields() {
        return fields;
    }
}
