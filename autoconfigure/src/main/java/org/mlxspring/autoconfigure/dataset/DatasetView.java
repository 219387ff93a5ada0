package org.mlxspring.autoconfigure.dataset;

import java.time.Instant;

/**
 * A dataset as REST and Java callers see it.
 *
 * @param name its name
 * @param description what it is, in words
 * @param versions number of its versions
 * @param latestVersion number of the newest one
 * @param createdAt when its first version came
 */
public record DatasetView(String name, String description, long versions, int latestVersion, Instant createdAt) {}
