package org.mlxspring.engine.train;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.data.Batch;

/**
 * An objective's means over many batches.
 *
 * @param loss mean loss of what the objective counts; 0 if there was nothing
 * @param metrics the objective's further metrics, by name, in its order
 */
record Judgement(double loss, Map<String, Double> metrics) {

    /** Judges all batches of an iterator, with dropout off. */
    static Judgement of(Objective objective, Iterator<Batch> batches, Runnable afterEachBatch) {
        double[] sums = new double[1 + objective.metrics().size()];
        double weight = 0;
        while (batches.hasNext()) {
            try (Scope scope = Scope.open()) {
                Objective.Inputs inputs = objective.inputs(batches.next());
                if (inputs.weight() > 0) {
                    List<Array> batch = objective.sums(inputs);
                    for (int i = 0; i < sums.length; i++) {
                        sums[i] += batch.get(i).item();
                    }
                    weight += inputs.weight();
                }
            }
            afterEachBatch.run();
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (int i = 1; i < sums.length; i++) {
            metrics.put(objective.metrics().get(i - 1), weight == 0 ? 0 : sums[i] / weight);
        }
        return new Judgement(weight == 0 ? 0 : sums[0] / weight, metrics);
    }
}
