package org.mlxspring.engine.nn;

import org.mlxspring.engine.array.Array;

/** Normalisation of queries and keys before they are rotated. */
public interface QueryKeyNorm extends Module {

    /**
     * @param queries [batch, length, heads, features per head]
     * @return the same shape
     */
    Array queries(Array queries);

    /**
     * @param keys [batch, length, key heads, features per head]
     * @return the same shape
     */
    Array keys(Array keys);

    /**
     * Each head by itself.
     *
     * @param queryName name of the norm of queries in weight files
     * @param keyName name of the norm of keys in weight files
     */
    record PerHead(Norm query, String queryName, Norm key, String keyName) implements QueryKeyNorm {

        /** Norms with the usual names {@code q_norm} and {@code k_norm}. */
        public PerHead(Norm query, Norm key) {
            this(query, "q_norm", key, "k_norm");
        }

        @Override
        public Array queries(Array queries) {
            return query.apply(queries);
        }

        @Override
        public Array keys(Array keys) {
            return key.apply(keys);
        }

        @Override
        public void visit(String path, Visitor visitor) {
            query.visit(path + "." + queryName, visitor);
            key.visit(path + "." + keyName, visitor);
        }
    }

    /** All heads of queries together, and all heads of keys. */
    record AllHeads(Norm query, Norm key) implements QueryKeyNorm {

        @Override
        public Array queries(Array queries) {
            return together(query, queries);
        }

        @Override
        public Array keys(Array keys) {
            return together(key, keys);
        }

        private static Array together(Norm norm, Array x) {
            return norm.apply(x.reshape(x.dim(0), x.dim(1), -1)).reshape(x.shape());
        }

        @Override
        public void visit(String path, Visitor visitor) {
            query.visit(path + ".q_norm", visitor);
            key.visit(path + ".k_norm", visitor);
        }
    }
}
