package org.mlxspring.engine.train;

import org.mlxspring.engine.data.Batch;

/** Makes the arrays of a batch, in the current scope and outside of any gradient. */
interface BatchReader {

    BatchArrays read(Batch batch);
}
