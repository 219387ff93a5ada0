package org.mlxspring.engine.generate;

import org.mlxspring.engine.nn.KeyValueCache;

/** A cache whose last tokens can be taken back. */
interface TrimmableCache extends KeyValueCache {

    /** Forgets as many of the last tokens. */
    void trim(int tokens);
}
