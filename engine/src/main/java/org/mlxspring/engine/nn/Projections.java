package org.mlxspring.engine.nn;

import java.util.List;
import java.util.Optional;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Fast;

/** Features to queries, keys and values of an attention's heads. */
public sealed interface Projections extends Module {

    /**
     * @param queries [batch, heads, length, features per head]
     * @param keys [batch, key heads, length, features per head]
     * @param values as the keys
     */
    record Projected(Array queries, Array keys, Array values) {}

    /**
     * @param x [batch, length, features]
     */
    Projected apply(Array x);

    /**
     * A projection each.
     *
     * @param norm of queries and keys before they are rotated
     */
    record Separate(Linear query, Linear key, Linear value, int heads, int keyHeads, Optional<QueryKeyNorm> norm)
            implements Projections {

        @Override
        public Projected apply(Array x) {
            List<Array> in = Fast.fork(x, 3);
            Array q = query.apply(in.get(0));
            Array k = key.apply(in.get(1));
            return Projections.split(q, k, value.apply(in.get(2)), heads, keyHeads, norm);
        }

        @Override
        public void visit(String path, Visitor visitor) {
            query.visit(path + ".q_proj", visitor);
            key.visit(path + ".k_proj", visitor);
            value.visit(path + ".v_proj", visitor);
            norm.ifPresent(each -> each.visit(path, visitor));
        }
    }

    /** One projection {@code qkv_proj} for all three, queries first. */
    record Fused(Linear all, int heads, int keyHeads, int headDim) implements Projections {

        @Override
        public Projected apply(Array x) {
            Array qkv = all.apply(x);
            int keysAt = heads * headDim;
            int valuesAt = keysAt + keyHeads * headDim;
            return Projections.split(
                    qkv.slice(-1, 0, keysAt),
                    qkv.slice(-1, keysAt, valuesAt),
                    qkv.slice(-1, valuesAt, valuesAt + keyHeads * headDim),
                    heads,
                    keyHeads,
                    Optional.empty());
        }

        @Override
        public void visit(String path, Visitor visitor) {
            all.visit(path + ".qkv_proj", visitor);
        }
    }

    private static Projected split(Array q, Array k, Array v, int heads, int keyHeads, Optional<QueryKeyNorm> norm) {
        if (norm.isEmpty()) {
            return new Projected(Heads.split(q, heads), Heads.split(k, keyHeads), Heads.split(v, keyHeads));
        }
        Array queries = norm.get().queries(heads(q, heads));
        Array keys = norm.get().keys(heads(k, keyHeads));
        return new Projected(queries.transpose(0, 2, 1, 3), keys.transpose(0, 2, 1, 3), Heads.split(v, keyHeads));
    }

    private static Array heads(Array x, int heads) {
        return x.reshape(x.dim(0), x.dim(1), heads, -1);
    }
}
