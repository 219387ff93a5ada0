package org.mlxspring.engine.train;

import java.util.List;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.data.Batch;
import org.mlxspring.engine.model.LanguageModel;

/**
 * Direct preference optimization (Rafailov et al., 2023), counted in pairs: {@code -log sigmoid(beta * ((c - rc) - (r -
 * rr)))}, where c and r are the log-probabilities that the model gives to the better and the worse answer, and rc and rr
 * those of the reference. Rewards are {@code beta * (c - rc)} and {@code beta * (r - rr)}.
 *
 * @param beta how strongly the model is held to its reference
 * @param references log-probabilities that the model gave before training
 */
record DpoObjective(LanguageModel model, BatchReader reader, float beta, ReferenceScores references)
        implements Objective {

    @Override
    public Inputs inputs(Batch batch) {
        float[] compared = Preferences.compared(batch);
        BatchArrays rows = reader.read(batch);
        List<Array> further = List.of(
                AnswerScores.owners(batch),
                Array.of(references.of(batch), batch.rows()),
                Array.of(compared, compared.length));
        return new Inputs(rows, further, rows.tokens(), Preferences.weight(compared));
    }

    @Override
    public List<Array> sums(Inputs inputs, TokenLosses losses) {
        List<Array> further = inputs.further();
        Array gained =
                AnswerScores.of(model, inputs.rows(), further.get(0), losses).subtract(further.get(1));
        Preferences rewards = Preferences.of(gained.multiply(beta));
        return rewards.sums(Preferences.logistic(rewards.chosen().subtract(rewards.rejected())), further.get(2));
    }

    @Override
    public List<String> metrics() {
        return Preferences.METRICS;
    }
}
