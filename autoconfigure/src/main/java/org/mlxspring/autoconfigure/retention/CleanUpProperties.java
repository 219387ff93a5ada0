package org.mlxspring.autoconfigure.retention;

import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.scheduling.support.CronExpression;

/**
 * When the clean-up runs.
 *
 * @param cron When it starts: second, minute, hour, day of month, month, day of week, in the time zone of the machine. "-"
 *     for never; it can still be started by hand.
 */
@ConfigurationProperties("mlx.clean-up")
public record CleanUpProperties(
        @DefaultValue("0 30 3 * * *") String cron) {

    private static final String NEVER = "-";

    public CleanUpProperties {
        if (!cron.equals(NEVER) && !CronExpression.isValidExpression(cron)) {
            throw new IllegalArgumentException("mlx.clean-up.cron is '" + cron
                    + "'; it must be second, minute, hour, day of month, month and day of week, such as 0 30 3 * * * for"
                    + " every night at half past three, or - for never.");
        }
    }

    /** When it starts; empty for never. */
    Optional<CronExpression> expression() {
        return cron.equals(NEVER) ? Optional.empty() : Optional.of(CronExpression.parse(cron));
    }
}
