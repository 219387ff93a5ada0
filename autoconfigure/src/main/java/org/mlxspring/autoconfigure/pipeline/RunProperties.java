package org.mlxspring.autoconfigure.pipeline;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How this instance works on runs.
 *
 * @param concurrency How many runs this instance works on at once. 0 leaves them to other instances on the same
 *     database.
 * @param heartbeat How often this instance says that it is alive. Runs of an instance that missed four are taken up by
 *     another one.
 * @param shutdownWait How long a stopping application waits for its runs to write their checkpoints.
 */
public record RunProperties(
        @DefaultValue("1") int concurrency,
        @DefaultValue("5s") Duration heartbeat,
        @DefaultValue("60s") Duration shutdownWait) {

    public RunProperties {
        if (concurrency < 0) {
            throw new IllegalArgumentException("mlx.runs.concurrency is " + concurrency + "; it must be 0 or more.");
        }
        if (heartbeat.compareTo(Duration.ofMillis(100)) < 0) {
            throw new IllegalArgumentException(
                    "mlx.runs.heartbeat is " + heartbeat.toMillis() + "ms; it must be at least 100ms.");
        }
    }
}
