package org.mlxspring.autoconfigure.redaction;

/**
 * A stretch of a text that is personal data or a secret.
 *
 * @param type what it is, such as EMAIL
 * @param start where it begins, in UTF-16 units from the start of the text
 * @param end where it ends, exclusive, in UTF-16 units from the start of the text
 */
public record Finding(String type, int start, int end) {

    /** @throws IllegalArgumentException if the stretch is empty or begins before the text */
    public Finding {
        if (start < 0 || end <= start) {
            throw new IllegalArgumentException(
                    "A finding of type " + type + " goes from " + start + " to " + end + "; it must not be empty.");
        }
    }

    int length() {
        return end - start;
    }
}
