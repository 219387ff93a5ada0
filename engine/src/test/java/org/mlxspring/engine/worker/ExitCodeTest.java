package org.mlxspring.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExitCodeTest {

    @Test
    void signalsAndCodesAreNamedInWords() {
        assertThat(ExitCode.describe(137))
                .isEqualTo(
                        "The worker was killed by signal 9 (SIGKILL), for example by the kernel when memory runs out");
        assertThat(ExitCode.describe(134)).contains("signal 6 (SIGABRT): native code gave up");
        assertThat(ExitCode.describe(160)).isEqualTo("The worker was killed by signal 32 (see kill -l)");
        assertThat(ExitCode.describe(3)).contains("Java heap was too small");
        assertThat(ExitCode.describe(77)).isEqualTo("The worker ended with exit code 77 before its task was complete");
    }
}
