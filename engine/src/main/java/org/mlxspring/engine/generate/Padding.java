package org.mlxspring.engine.generate;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.DType;
import org.mlxspring.engine.array.Fast.Mask;
import org.mlxspring.engine.array.Scope;

/** The attention masks of prompts that are padded on the left to one length. Prompts of one length need none. */
final class Padding {

    private static final int STEP = 256;

    private final Scope owner;
    private int[] padding;
    /** Which keys are no padding, bool [rows, 1, 1, more keys than there are yet]; null before it is needed. */
    private @Nullable Array real;

    /**
     * @param owner scope that the mask lives in
     * @param padding number of padding tokens before each row
     */
    Padding(Scope owner, int[] padding) {
        this.owner = owner;
        this.padding = padding.clone();
    }

    /**
     * The mask of a part of the prompts: a token sees those before it that are not padding. A padding token sees its own
     * position, since an empty row has no softmax.
     *
     * @param length tokens of the part
     * @param offset tokens before it
     */
    Mask ofPart(int length, int offset) {
        if (isNone()) {
            return Prefill.causal(length, offset);
        }
        int end = offset + length;
        Array queries = Array.arange(offset, end, 1, DType.INT32).reshape(1, 1, length, 1);
        Array keys = Array.arange(0, end, 1, DType.INT32).reshape(1, 1, 1, end);
        Array seen = queries.greaterEqual(keys).and(keys.greaterEqual(first().minimum(queries)));
        return new Mask.Of(seen.broadcastTo(padding.length, 1, length, end));
    }

    /**
     * The mask of one token in each row, behind the prompt.
     *
     * @param keys tokens that are there, the new one included
     */
    Mask ofNext(int keys) {
        if (isNone()) {
            return new Mask.None();
        }
        Array mask = real;
        if (mask == null || mask.dim(3) < keys) {
            forget();
            mask = owner.take(Array.arange(0, keys + STEP, 1, DType.INT32).greaterEqual(first()));
            real = mask;
        }
        return new Mask.Of(mask.slice(3, 0, keys));
    }

    /** Keeps some rows, in the order given. */
    void keepRows(int[] rows) {
        padding = Arrays.stream(rows).map(row -> padding[row]).toArray();
        forget();
    }

    private boolean isNone() {
        return Arrays.stream(padding).allMatch(count -> count == 0);
    }

    /** The first key of each row that is no padding: [rows, 1, 1, 1]. */
    private Array first() {
        return Array.of(padding, padding.length, 1, 1, 1);
    }

    private void forget() {
        if (real != null) {
            real.close();
        }
        real = null;
    }
}
