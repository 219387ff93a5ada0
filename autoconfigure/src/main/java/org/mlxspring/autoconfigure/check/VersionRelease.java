package org.mlxspring.autoconfigure.check;

import java.time.Instant;

/**
 * The release of a blocked version.
 *
 * @param at when it was released
 * @param by who released it
 * @param reason why
 */
public record VersionRelease(Instant at, String by, String reason) {}
