package org.mlxspring.engine.model;

import java.util.Optional;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Fast.Mask;
import org.mlxspring.engine.nn.KeyValueCache;
import org.mlxspring.engine.nn.Module;
import org.mlxspring.engine.nn.SlidingWindow;

/** One layer of a {@link LanguageModel}. */
public interface DecoderLayer extends Module {

    /**
     * @param x [batch, length, features]
     * @param mask which positions each sees; already narrowed to the {@link #window}
     * @return the same shape
     */
    Array apply(Array x, Mask mask, Optional<KeyValueCache> cache);

    /** The window of this layer's attention, where it does not see the whole text. */
    default Optional<SlidingWindow> window() {
        return Optional.empty();
    }
}
