package org.mlxspring.engine.train;

import java.util.Map;
import java.util.Optional;
import org.mlxspring.engine.data.DataPosition;
import org.mlxspring.engine.data.NumpyRandom;

/**
 * Where a run stands between two iterations: everything but weights, moments and gradients that the next iteration
 * depends on.
 *
 * @param iteration iterations finished
 * @param updates updates made
 * @param trainedTokens targets trained on since the start
 * @param lossSum sum of the losses since the last report
 * @param metricSums sums of the objective's further metrics since the last report, by name
 * @param lossCount iterations since the last report
 * @param tokenSum targets since the last report
 * @param accumulated weight of the batches whose gradients wait for the next update, as the objective counts; 0 for none
 * @param gradNorm norm of the last update's gradient before it was clipped
 * @param randomKey key of dropout
 * @param order generator of the order of batches
 * @param position place in the data
 * @param trainRows rows of the training split, to notice another dataset
 * @param lossScale the loss scale; empty in checkpoints of earlier versions
 * @param patience what validations so far said; empty in checkpoints of earlier versions
 */
record Progress(
        int iteration,
        long updates,
        long trainedTokens,
        double lossSum,
        Map<String, Double> metricSums,
        int lossCount,
        long tokenSum,
        double accumulated,
        double gradNorm,
        int[] randomKey,
        NumpyRandom.State order,
        DataPosition position,
        int trainRows,
        Optional<LossScaler.State> lossScale,
        Optional<Patience> patience) {

    Progress {
        // Checkpoints of earlier versions have none.
        metricSums = metricSums == null ? Map.of() : metricSums;
    }
}
