package org.mlxspring.autoconfigure.source;

/** A property of a source is wrong; the application does not start. */
final class WrongSourceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String property;
    private final String value;
    private final String advice;

    WrongSourceException(String property, String value, String advice) {
        super(property + " is " + value + ". " + advice);
        this.property = property;
        this.value = value;
        this.advice = advice;
    }

    String property() {
        return property;
    }

    String value() {
        return value;
    }

    String advice() {
        return advice;
    }
}
