package org.mlxspring.autoconfigure.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The time grows with the length of a text and no faster, whatever it repeats. */
class AwkwardTextTest {

    private static final int SHORT = 60_000;
    private static final int TIMES = 8;
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    private final Redaction redaction = Redactions.byDefault();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7", "a", "@", "a@", "a.b@", "\"@", "1 ", "0 30 12 ", "0123 4567 ", "+491711234 ", "a:", "ab:", "://a:",
                "1.2.3.", "1-", "GB12 ", "eyJaaaaaaaaaaa.", "-----BEGIN PRIVATE KEY-----x", "ssn 536228726 ", "123456782 ",
                "password=", "password: ", "sk-", "aB3/", "[A-", "(at) ", "%40", "4111 "
            })
    void takesLinearTime(String piece) {
        String little = piece.repeat(SHORT / piece.length());
        String much = piece.repeat(SHORT / piece.length() * TIMES);
        redaction.find(little);
        long once = Math.min(nanos(little), nanos(little));
        long often = Math.min(nanos(much), nanos(much));
        assertThat(often)
                .as("nanoseconds for a text %d times as long as one of %d", TIMES, once)
                .isLessThan(once * TIMES * 3 + 50_000_000);
    }

    /** Time of the processor, so that other work on the machine does not count. */
    private long nanos(String text) {
        long start = CLOCK.getCurrentThreadCpuTime();
        redaction.find(text);
        return CLOCK.getCurrentThreadCpuTime() - start;
    }
}
