package org.mlxspring.engine.nn;

import org.mlxspring.engine.array.Array;

/** Keys and values of the tokens that a layer has seen in a generation. */
public interface KeyValueCache {

    /** Number of tokens seen. */
    int offset();

    /**
     * Adds the keys and values of new tokens.
     *
     * @param keys [batch, key heads, new tokens, features]
     * @param values [batch, key heads, new tokens, features]
     * @return those of all tokens seen
     */
    KeysAndValues update(Array keys, Array values);

    record KeysAndValues(Array keys, Array values) {}
}
