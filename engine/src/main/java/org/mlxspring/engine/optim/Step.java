package org.mlxspring.engine.optim;

import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.DType;

/**
 * What a rule is told about an update of one parameter.
 *
 * @param number the update's number, from 1
 * @param scheduledRate learning rate of the schedule
 * @param rateFactor factor on this parameter's learning rate
 * @param decays whether weight decay applies to this parameter
 */
record Step(long number, double scheduledRate, double rateFactor, boolean decays) {

    /** This parameter's learning rate, rounded to a type as mlx rounds it to that of the gradient. */
    Array rate(DType type) {
        return Array.of((float) (scheduledRate * rateFactor)).astype(type);
    }

    /** The update's number as a float32 scalar. */
    Array numberAsFloat() {
        return Array.of((float) number);
    }
}
