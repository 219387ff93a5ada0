package org.mlxspring.engine.text.jinja;

/**
 * A chat template that cannot be read, or that stopped while it was rendered. The message names the line of the
 * template; it holds no text of the conversation except what the template itself passed to {@code raise_exception}.
 */
public final class TemplateException extends RuntimeException {

    private final int line;

    /**
     * @param line line of the template, counted from 1
     * @param reason what is wrong there
     */
    public TemplateException(int line, String reason) {
        super("chat template, line " + line + ": " + reason);
        this.line = line;
    }

    /** Line of the template, counted from 1. */
    public int line() {
        return line;
    }
}
