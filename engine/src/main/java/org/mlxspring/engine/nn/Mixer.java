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
     * @param all what the queries look at
     * @return [batch, heads, length, value features]
     * @throws UnsupportedOperationException if keys and values are packed and this cannot read them
     */
    Array mix(Array q, KeysAndValues all, Mask mask);

    /** Whether {@link #mix} takes {@link Mask.Packed} where {@link Fast#takesPacked}. */
    default boolean mixesPacked() {
        return false;
    }

    @Override
    default void visit(String path, Visitor visitor) {}

    /** {@code softmax(scale * q k^T) v}. */
    static Mixer scaled(double scale) {
        return new Scaled((float) scale);
    }

    /** See {@link Mixer#scaled}. */
    record Scaled(float scale) implements Mixer {

        @Override
        public Array mix(Array q, KeysAndValues all, Mask mask) {
            return switch (all) {
                case KeysAndValues.Plain plain -> Fast.attention(q, plain.keys(), plain.values(), scale, mask);
                case KeysAndValues.Packed packed -> PackedAttention.mix(q, packed, scale, mask);
            };
        }

        @Override
        public boolean mixesPacked() {
            return true;
        }
    }

    /** As {@link #scaled}, with queries, keys and scores as float32, and the values' own type afterwards. */
    static Mixer inFloat32(double scale) {
        return new InFloat32((float) scale);
    }

    /** See {@link Mixer#inFloat32}. */
    record InFloat32(float scale) implements Mixer {

        @Override
        public Array mix(Array q, KeysAndValues all, Mask mask) {
            KeysAndValues.Plain plain = all.plain("attention in float32");
            Array keys = plain.keys().astype(DType.FLOAT32);
            return Fast.attention(q.astype(DType.FLOAT32), keys, plain.values(), scale, mask)
                    .astype(plain.values().dtype());
        }

        @Override
        public boolean mixesPacked() {
            return true;
        }
    }

    /**
     * As {@link #scaled}, with a score per head that takes its share of the softmax and gives nothing.
     *
     * @param sinks [heads]
     */
    record WithSinks(float scale, Parameter sinks) implements Mixer {

        @Override
        public Array mix(Array q, KeysAndValues all, Mask mask) {
            KeysAndValues.Plain plain = all.plain("attention with sinks");
            return Fast.attention(q, plain.keys(), plain.values(), scale, mask, Optional.of(sinks.value()));
        }

        @Override
        public void visit(String path, Visitor visitor) {
            visitor.parameter(path + ".sinks", sinks);
        }
    }
}
