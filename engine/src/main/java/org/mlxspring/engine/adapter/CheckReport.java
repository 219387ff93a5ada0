package org.mlxspring.engine.adapter;

/**
 * How far a result is from base and adapter.
 *
 * @param result what was compared: {@code fused} or {@code gguf}
 * @param rowsFile file that the rows are from
 * @param rows how many rows
 * @param tokens how many targets: tokens that the adapter was trained to predict, or would have been
 * @param meanKl mean over the targets of the divergence of the result's distribution from the adapter's, in nats
 * @param equalArgmax share of targets where both find the same token most probable
 * @param maxKl largest {@code meanKl} with which the result is kept
 */
public record CheckReport(
        String result, String rowsFile, int rows, long tokens, double meanKl, double equalArgmax, double maxKl) {

    /** Whether the result is as good as base and adapter, within the limit. */
    public boolean passed() {
        return meanKl <= maxKl;
    }

    /** One line for a person. */
    public String text() {
        return "mean KL divergence %.2e nats per token, the same first choice for %.1f %% of %,d tokens (%d rows of %s)"
                .formatted(meanKl, 100 * equalArgmax, tokens, rows, rowsFile);
    }
}
