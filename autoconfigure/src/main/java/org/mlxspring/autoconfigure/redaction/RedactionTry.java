package org.mlxspring.autoconfigure.redaction;

import org.jspecify.annotations.Nullable;

/**
 * A text to try the redaction on; it is not stored.
 *
 * @param text the text, at most 1,000,000 bytes in UTF-8
 * @param dataset a dataset whose placeholders are used; without it, placeholders of a key that is then thrown away
 */
public record RedactionTry(@Nullable String text, @Nullable String dataset) {}
