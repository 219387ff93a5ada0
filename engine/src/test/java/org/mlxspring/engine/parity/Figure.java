package org.mlxspring.engine.parity;

/**
 * One figure of a comparison with mlx-lm.
 *
 * @param name what was compared
 * @param value how far off it is, 0 at best
 * @param limit what it may be at most
 */
public record Figure(String name, double value, double limit) {

    /** How many of a kind differ; none may. */
    static Figure count(String name, long differing) {
        return new Figure(name, differing, 0);
    }

    public boolean isOk() {
        return value <= limit;
    }
}
