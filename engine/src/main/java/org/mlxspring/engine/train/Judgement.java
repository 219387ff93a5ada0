package org.mlxspring.engine.train;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.data.Batch;
import org.mlxspring.engine.distributed.Group;

/**
 * An objective's means over many batches.
 *
 * @param loss mean loss of what the objective counts; 0 if there was nothing
 * @param metrics the objective's further metrics, by name, in its order
 */
record Judgement(double loss, Map<String, Double> metrics) {

    /** Judges all batches of an iterator, each shared by the processes of a group, with dropout off. */
    static Judgement of(Objective objective, Group group, Iterator<Batch> batches, Runnable afterEachBatch) {
        int count = 1 + objective.metrics().size();
        double[] shares = new double[count + 1];
        while (batches.hasNext()) {
            try (Scope scope = Scope.open()) {
                Objective.Inputs inputs = objective.inputs(batches.next().share(group.rank(), group.size()));
                if (inputs.weight() > 0) {
                    List<Array> batch = objective.sums(inputs, TokenLosses.JUDGED);
                    for (int i = 0; i < count; i++) {
                        shares[i] += batch.get(i).item();
                    }
                    shares[count] += inputs.weight();
                }
            }
            afterEachBatch.run();
        }
        double[] sums = group.sum(shares);
        double weight = sums[count];
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (int i = 1; i < count; i++) {
            metrics.put(objective.metrics().get(i - 1), weight == 0 ? 0 : sums[i] / weight);
        }
        return new Judgement(weight == 0 ? 0 : sums[0] / weight, metrics);
    }
}
