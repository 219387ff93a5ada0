package org.mlxspring.autoconfigure.redaction;

import java.util.List;

/**
 * What the redaction makes of a text.
 *
 * @param redacted the text with placeholders
 * @param findings what was replaced, in the order of the text; offsets are those of the text as it was sent
 */
public record RedactionTried(String redacted, List<Finding> findings) {}
