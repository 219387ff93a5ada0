package org.mlxspring.autoconfigure.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CleanUpPropertiesTest {

    @Test
    void aWrongExpressionIsToldWithItsPropertyAndWhatWouldBeRight() {
        assertThatThrownBy(() -> new CleanUpProperties("30 3 * * *"))
                .hasMessageContaining("mlx.clean-up.cron is '30 3 * * *'")
                .hasMessageContaining("such as 0 30 3 * * *");
        assertThat(new CleanUpProperties("-").expression()).isEmpty();
    }
}
