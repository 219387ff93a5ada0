package org.mlxspring.autoconfigure.retention;

import java.time.Duration;

/** The time that a property says something is kept for. */
final class KeptFor {

    private KeptFor() {}

    /** @throws IllegalArgumentException if it is negative, so that things would go that are yet to come */
    static void require(String property, Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException(
                    property + " is " + time + "; it must be 0 or more, such as 30d for thirty days.");
        }
    }
}
