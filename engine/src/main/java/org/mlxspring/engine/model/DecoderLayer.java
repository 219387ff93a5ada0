package org.mlxspring.engine.model;

import java.util.Optional;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Fast.Mask;
import org.mlxspring.engine.nn.KeyValueCache;
import org.mlxspring.engine.nn.Module;

/** One layer of a {@link LanguageModel}. */
public interface DecoderLayer extends Module {

    /**
     * @param x [batch, length, features]
     * @return the same shape
     */
    Array apply(Array x, Mask mask, Optional<KeyValueCache> cache);
}
