package org.mlxspring.autoconfigure.dataset;

import java.time.Instant;

/**
 * A dataset as REST and Java callers see it.
 *
 * @param name its name
 * @param versions number of its versions
 * @param latestVersion number of the newest one
 * @param createdAt when its first version came
 */
public record DatasetView(String name, long versions, int latestVersion, Instant createdAt) {}
