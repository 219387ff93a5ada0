package org.mlxspring.engine.train;

/**
 * The factor on the loss before gradients are taken, which keeps small gradients of a float16 model above zero; they are
 * divided by it again before they are used (Micikevicius et al., Mixed Precision Training, 2018).
 *
 * @param initial the factor, or the first of them where it is dynamic; above 0
 * @param dynamic whether it is halved when a gradient overflows, in which case that update is left out, and doubled
 *     after a number of updates without
 */
public record LossScale(double initial, boolean dynamic) {

    /** No scaling, the default. */
    public static final LossScale NONE = new LossScale(1, false);

    /** The setting {@code loss_scale: dynamic}. */
    public static final LossScale DYNAMIC = new LossScale(65536, true);

    public LossScale {
        if (!(initial > 0 && Double.isFinite(initial))) {
            throw new IllegalArgumentException(
                    "loss_scale is '" + initial + "'; it must be a number above 0, or 'dynamic'.");
        }
    }

    /** The value of the setting {@code loss_scale}: a number, or {@code dynamic}. */
    Object settingValue() {
        return dynamic ? "dynamic" : initial;
    }
}
