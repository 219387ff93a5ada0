package org.mlxspring.engine.train;

import java.util.List;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.data.Batch;
import org.mlxspring.engine.model.LanguageModel;

/** Cross-entropy of the next token, counted in targets. */
record SupervisedObjective(LanguageModel model, BatchReader reader) implements Objective {

    @Override
    public Inputs inputs(Batch batch) {
        BatchArrays arrays = reader.read(batch);
        return new Inputs(arrays, List.of(), arrays.tokens(), arrays.tokens());
    }

    @Override
    public List<Array> sums(Inputs inputs, TokenLosses losses) {
        return List.of(Loss.sum(model, inputs.rows(), losses));
    }
}
