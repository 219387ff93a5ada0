package org.mlxspring.autoconfigure.dataset;

import java.time.Instant;

/**
 * A name for a version.
 *
 * @param tag the name
 * @param version number of the version that it is on
 * @param createdAt when it was put there
 * @param createdBy who put it there
 */
public record TagView(String tag, int version, Instant createdAt, String createdBy) {}
