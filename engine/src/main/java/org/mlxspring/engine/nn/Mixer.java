package org.mlxspring.engine.nn;

import java.util.Optional;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.DType;
import org.mlxspring.engine.array.Fast;
import org.mlxspring.engine.array.Fast.Mask;

/** The middle of attention: scores of queries and keys, and the values mixed by them. */
public interface Mixer extends Module {

    /**
     * @param q [batch, heads, length, features]
     * @param k [batch, key heads, key length, features]
     * @param v [batch, key heads, key length, value features]
     * @return [batch, heads, length, value features]
     */
    Array mix(Array q, Array k, Array v, Mask mask);

    @Override
    default void visit(String path, Visitor visitor) {}

    /** {@code softmax(scale * q k^T) v}. */
    static Mixer scaled(double scale) {
        return (q, k, v, mask) -> Fast.attention(q, k, v, (float) scale, mask);
    }

    /** As {@link #scaled}, with queries, keys and scores as float32, and the values' own type afterwards. */
    static Mixer inFloat32(double scale) {
        return (q, k, v, mask) -> Fast.attention(
                        q.astype(DType.FLOAT32), k.astype(DType.FLOAT32), v, (float) scale, mask)
                .astype(v.dtype());
    }

    /**
     * As {@link #scaled}, with a score per head that takes its share of the softmax and gives nothing.
     *
     * @param sinks [heads]
     */
    record WithSinks(float scale, Parameter sinks) implements Mixer {

        @Override
        public Array mix(Array q, Array k, Array v, Mask mask) {
            return Fast.attention(q, k, v, scale, mask, Optional.of(sinks.value()));
        }

        @Override
        public void visit(String path, Visitor visitor) {
            visitor.parameter(path + ".sinks", sinks);
        }
    }
}
