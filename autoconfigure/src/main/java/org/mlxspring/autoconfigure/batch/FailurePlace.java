package org.mlxspring.autoconfigure.batch;

import java.sql.SQLException;

/** Where an exception comes from, without its message, which can hold text of a row. */
public final class FailurePlace {

    private FailurePlace() {}

    /** Its kind and line, such as {@code IllegalStateException at TicketSource.java:42}; of a database also its SQLState. */
    public static String of(Throwable failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        return failure.getClass().getSimpleName()
                + (failure instanceof SQLException sql ? " (SQLState " + sql.getSQLState() + ")" : "")
                + (trace.length == 0 ? "" : " at " + trace[0].getFileName() + ":" + trace[0].getLineNumber());
    }

    /** That of an exception and of what it was caused by in the end, where that is another one. */
    static String ofAll(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return of(failure) + (root == failure ? "" : ", caused by " + of(root));
    }
}
