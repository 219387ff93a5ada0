package org.mlxspring.engine.data;

import java.util.Arrays;

/** Arithmetic on the targets of a row, as {@link TokenizedRow#targets()} lays them out. */
final class TargetSpans {

    private TargetSpans() {}

    /** The spans of the tokens that are marked, without the first token of the row. */
    static int[] of(boolean[] learned) {
        int[] spans = new int[learned.length + 1];
        int count = 0;
        for (int token = 1; token < learned.length; token++) {
            boolean before = token > 1 && learned[token - 1];
            if (learned[token] != before) {
                spans[count++] = token;
            }
        }
        if (count % 2 == 1) {
            spans[count++] = learned.length;
        }
        return Arrays.copyOf(spans, count);
    }

    /** How many tokens are learned. */
    static int count(int[] spans) {
        int count = 0;
        for (int i = 0; i < spans.length; i += 2) {
            count += spans[i + 1] - spans[i];
        }
        return count;
    }

    /** What is left of the spans when the row is cut after {@code length} tokens. */
    static int[] cut(int[] spans, int length) {
        int kept = 0;
        while (kept < spans.length && spans[kept] < length) {
            kept += 2;
        }
        int[] left = Arrays.copyOf(spans, kept);
        if (kept > 0) {
            left[kept - 1] = Math.min(left[kept - 1], length);
        }
        return left;
    }
}
