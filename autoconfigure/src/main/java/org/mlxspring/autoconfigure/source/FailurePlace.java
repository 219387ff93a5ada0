package org.mlxspring.autoconfigure.source;

/** Where an exception comes from, without its message, which can hold text of a row. */
final class FailurePlace {

    private FailurePlace() {}

    /** Its kind and line, such as {@code IllegalStateException at TicketSource.java:42}. */
    static String of(Throwable failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        return failure.getClass().getSimpleName()
                + (trace.length == 0 ? "" : " at " + trace[0].getFileName() + ":" + trace[0].getLineNumber());
    }
}
