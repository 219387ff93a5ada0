package org.mlxspring.engine.nn;

import org.mlxspring.engine.array.Array;

/** An adapter of an {@link Embedding}. */
public non-sealed interface EmbeddingAdapter extends Adapter {

    /**
     * @param rows the embeddings of the tokens [..., features]
     * @param tokens [...]
     * @return the adapted embeddings [..., features]
     */
    Array apply(Array rows, Array tokens);

    /**
     * @param product the token scores that the embedding gives as a projection [..., tokens]
     * @param input [..., features]
     * @param weight of the embedding
     * @return the adapted token scores [..., tokens]
     */
    Array project(Array product, Array input, Weight weight);
}
