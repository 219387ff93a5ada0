package org.mlxspring.engine.adapter;

import java.util.Arrays;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.DType;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.data.TokenizedRow;
import org.mlxspring.engine.model.LanguageModel;

/**
 * How differently two models predict the targets of rows.
 *
 * @param tokens number of targets
 * @param meanKl mean of {@code sum p log(p / q)} over the targets, p the first model's distribution and q the second's,
 *     in nats (Kullback and Leibler, 1951)
 * @param equalArgmax share of targets where the most probable token is the same
 */
record Divergence(long tokens, double meanKl, double equalArgmax) {

    /** Token scores of so many places are in memory at a time. */
    private static final int PLACES_AT_ONCE = 256;

    static Divergence between(LanguageModel first, LanguageModel second, HeldOutRows rows) {
        double sum = 0;
        double equal = 0;
        long tokens = 0;
        for (TokenizedRow row : rows.rows()) {
            int[] places = HeldOutRows.targets(row);
            for (int start = 0; start < places.length; start += PLACES_AT_ONCE) {
                int[] part = Arrays.copyOfRange(places, start, Math.min(places.length, start + PLACES_AT_ONCE));
                try (Scope scope = Scope.open()) {
                    Array p = logProbabilities(first, row, part);
                    Array q = logProbabilities(second, row, part);
                    sum += p.exp().multiply(p.subtract(q)).sum().item();
                    equal += p.argmax(-1)
                            .equalTo(q.argmax(-1))
                            .astype(DType.FLOAT32)
                            .sum()
                            .item();
                    tokens += part.length;
                }
            }
        }
        return new Divergence(tokens, Math.max(0, sum / tokens), equal / tokens);
    }

    private static Array logProbabilities(LanguageModel model, TokenizedRow row, int[] places) {
        Array features = model.features(Array.of(row.tokens(), 1, row.tokens().length));
        Array chosen = features.reshape(-1, features.dim(-1)).take(Array.of(places, places.length), 0);
        Array logits = model.project(chosen).astype(DType.FLOAT32);
        return logits.subtract(logits.logSumExp(-1).expandDims(-1));
    }
}
