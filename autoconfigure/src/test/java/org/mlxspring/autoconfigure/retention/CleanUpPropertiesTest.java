package org.mlxspring.autoconfigure.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CleanUpPropertiesTest {

    @Test
    void aWrongExpressionIsToldWithItsPropertyAndWhatWouldBeRight() {
        assertThatThrownBy(() -> new CleanUpProperties("30 3 * * *"))
                .hasMessageContaining("mlx.clean-up.cron is '30 3 * * *'")
                .hasMessageContaining("such as 0 30 3 * * *");
        assertThat(new CleanUpProperties("-").expression()).isEmpty();
    }

    @Test
    void aNegativeTimeIsToldWithItsPropertyAndWhatWouldBeRight() {
        Duration month = Duration.ofDays(30);
        Duration negative = Duration.ofDays(-30);
        assertThatThrownBy(() -> new DataRetentionProperties(null, null, negative, month, month))
                .hasMessage("mlx.datasets.retention.refused-rows-for is PT-720H; it must be 0 or more, such as 30d for"
                        + " thirty days.");
        assertThatThrownBy(() -> new DataRetentionProperties(null, null, month, negative, month))
                .hasMessageContaining("mlx.datasets.retention.imports-for");
        assertThatThrownBy(() -> new DataRetentionProperties(null, null, month, month, negative))
                .hasMessageContaining("mlx.datasets.retention.token-stores-unused-for");
        assertThatThrownBy(() -> new RunRetentionProperties(null, negative))
                .hasMessageContaining("mlx.runs.retention.logs-for");
    }
}
