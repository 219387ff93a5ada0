package org.mlxspring.engine.train;

import java.util.Optional;

/**
 * What the validations of a run so far say about going on.
 *
 * @param best the lowest loss
 * @param mark the last that was better than the mark before it by more than {@code early_stopping_min_delta}
 * @param since validations after {@code mark}
 */
record Patience(Optional<Best> best, Optional<Best> mark, int since) {

    /** Before the first validation. */
    static final Patience FRESH = new Patience(Optional.empty(), Optional.empty(), 0);

    /** With a further validation; one that is no number is no improvement. */
    Patience after(Best validation, double minDelta) {
        boolean lowest = Double.isFinite(validation.valLoss())
                && best.filter(before -> before.valLoss() <= validation.valLoss())
                        .isEmpty();
        boolean better = lowest
                && mark.filter(before -> validation.valLoss() >= before.valLoss() - minDelta)
                        .isEmpty();
        Optional<Best> now = Optional.of(validation);
        return new Patience(lowest ? now : best, better ? now : mark, better ? 0 : since + 1);
    }
}
