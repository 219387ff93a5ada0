package org.mlxspring.engine.train;

import java.util.List;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.data.Batch;
import org.mlxspring.engine.model.LanguageModel;

/**
 * Odds ratio preference optimization (Hong et al., 2024), counted in pairs: {@code -c + beta * -log sigmoid(log(odds(c) /
 * odds(r)))}, where c and r are the mean log-probabilities that the model gives to the tokens of the better and the worse
 * answer, and {@code odds(x) = exp(x) / (1 - exp(x))}. Rewards are {@code beta * c} and {@code beta * r}, as TRL reports
 * them.
 *
 * @param beta weight of the odds ratio beside the likelihood of the better answer; the paper's lambda
 */
record OrpoObjective(LanguageModel model, BatchReader reader, float beta) implements Objective {

    /** Mean log-probabilities above this count as this, so that the odds stay finite. */
    private static final float SURE = -1e-6f;

    @Override
    public Inputs inputs(Batch batch) {
        float[] compared = Preferences.compared(batch);
        int[] lengths = AnswerScores.lengths(batch);
        float[] divisors = new float[lengths.length];
        for (int row = 0; row < lengths.length; row++) {
            divisors[row] = Math.max(1, lengths[row]);
        }
        BatchArrays rows = reader.read(batch);
        List<Array> further = List.of(
                AnswerScores.owners(batch), Array.of(divisors, divisors.length), Array.of(compared, compared.length));
        return new Inputs(rows, further, rows.tokens(), Preferences.weight(compared));
    }

    @Override
    public List<Array> sums(Inputs inputs, TokenLosses losses) {
        List<Array> further = inputs.further();
        Array means =
                AnswerScores.of(model, inputs.rows(), further.get(0), losses).divide(further.get(1));
        Preferences answers = Preferences.of(means);
        Array logOdds = logOdds(answers.chosen()).subtract(logOdds(answers.rejected()));
        Array each = Preferences.logistic(logOdds).multiply(beta).subtract(answers.chosen());
        return Preferences.of(means.multiply(beta)).sums(each, further.get(2));
    }

    /** {@code log(exp(x) / (1 - exp(x)))}, with {@code 1 - exp(x) = -tanh(x / 2) * (1 + exp(x))}, exact also near 0. */
    private static Array logOdds(Array x) {
        Array sure = x.minimum(Array.of(SURE));
        Array notExp = sure.multiply(0.5f).tanh().multiply(sure.exp().add(1)).negative();
        return sure.subtract(notExp.log());
    }

    @Override
    public List<String> metrics() {
        return Preferences.METRICS;
    }
}
