package org.mlxspring.autoconfigure.check;

import org.jspecify.annotations.Nullable;

/**
 * Asks for a blocked version to be released.
 *
 * @param reason why runs may use it all the same; 1 to 500 characters
 */
public record ReleaseRequest(@Nullable String reason) {}
