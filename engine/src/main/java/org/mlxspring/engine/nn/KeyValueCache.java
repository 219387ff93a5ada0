package org.mlxspring.engine.nn;

import java.util.List;
import java.util.Optional;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Fast.Mask;

/** Keys and values of the tokens that a layer has seen in a generation. */
public interface KeyValueCache {

    /** Number of tokens seen. */
    int offset();

    /**
     * Adds the keys and values of new tokens.
     *
     * @param keys [batch, key heads, new tokens, features]
     * @param values [batch, key heads, new tokens, features]
     * @return what the new tokens look at: those of all tokens seen, or of as many as are kept
     */
    KeysAndValues update(Array keys, Array values);

    /** The arrays that hold what was added, to have it computed without any token scores. */
    List<Array> held();

    /**
     * Which of the keys that the next {@link #update} answers each new token may look at.
     *
     * @param text which positions of the whole text it may
     * @param queries number of new tokens
     * @param window of the layer
     */
    default Mask mask(Mask text, int queries, Optional<SlidingWindow> window) {
        return window.map(near -> near.narrow(text, queries, offset())).orElse(text);
    }
}
