package org.mlxspring.engine.train;

import java.util.List;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.data.Batch;
import org.mlxspring.engine.model.LanguageModel;

/** Cross-entropy of the next token, counted in targets. */
record SupervisedObjective(LanguageModel model) implements Objective {

    @Override
    public Inputs inputs(Batch batch) {
        BatchArrays arrays = BatchArrays.of(batch);
        return new Inputs(
                List.of(arrays.inputs(), arrays.places(), arrays.targets()), arrays.tokens(), arrays.tokens());
    }

    @Override
    public List<Array> sums(List<Array> arrays) {
        return List.of(Loss.sum(model, arrays.get(0), arrays.get(1), arrays.get(2)));
    }
}
