package org.mlxspring.engine.nn;

import org.mlxspring.engine.array.Array;

/**
 * A weight of a model: a place whose array is replaced when it is trained, and stands in for a traced array while a
 * gradient is taken.
 */
public final class Parameter {

    private Array value;
    private boolean trainable;

    public Parameter(Array value) {
        this.value = value;
    }

    public Array value() {
        return value;
    }

    public void set(Array newValue) {
        this.value = newValue;
    }

    public boolean isTrainable() {
        return trainable;
    }

    public void setTrainable(boolean trainable) {
        this.trainable = trainable;
    }
}
