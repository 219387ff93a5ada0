package org.mlxspring.autoconfigure.source;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How rows are imported.
 *
 * @param skipLimit Rows that cannot be used which an import may have before nothing of it is taken: a number, or a share
 *     of its rows such as 0.1%.
 * @param concurrency How many imports this instance works on at once, each of another dataset. 0 leaves them to other
 *     instances on the database.
 * @param heartbeat How often this instance says that it is alive. Imports of an instance that missed four are taken up
 *     by another one, or by itself after a restart.
 * @param shutdownWait How long a stopping application waits for an import to store the rows it has read.
 */
@ConfigurationProperties("mlx.datasets.imports")
public record ImportProperties(
        @DefaultValue("0.1%") String skipLimit,
        @DefaultValue("2") int concurrency,
        @DefaultValue("5s") Duration heartbeat,
        @DefaultValue("30s") Duration shutdownWait) {}
