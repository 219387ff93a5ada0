package org.mlxspring.engine.evaluate;

import java.util.Map;
import org.mlxspring.engine.generate.SamplerSettings;

/**
 * How rows are answered, and how sure their scores are.
 *
 * @param sampling how each token is chosen
 * @param templateVariables further variables of the chat template, such as {@code enable_thinking}
 * @param atOnce how many rows are answered at once
 * @param resamples how often the rows are drawn again for an interval
 * @param seed of these draws, 0 to 2^32 - 1
 */
public record AnswerSettings(
        SamplerSettings sampling, Map<String, Object> templateVariables, int atOnce, int resamples, long seed) {

    /** The most likely tokens, sixteen rows at once, a thousand draws. */
    public static final AnswerSettings DEFAULT = new AnswerSettings(SamplerSettings.GREEDY, Map.of(), 16, 1000, 0);

    public AnswerSettings {
        templateVariables = Map.copyOf(templateVariables);
        if (atOnce < 1) {
            throw new IllegalArgumentException("batch size is " + atOnce + "; it must be at least 1.");
        }
    }
}
