package org.mlxspring.autoconfigure.retention;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When the clean-up runs.
 *
 * @param cron When it starts: second, minute, hour, day of month, month, day of week, in the time zone of the machine. "-"
 *     for never; it can still be started by hand.
 */
@ConfigurationProperties("mlx.clean-up")
public record CleanUpProperties(
        @DefaultValue("0 30 3 * * *") String cron) {}
