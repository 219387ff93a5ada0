package org.mlxspring.engine.generate;

import java.util.Optional;

/**
 * How the next token is chosen.
 *
 * @param temperature 0 for the most likely token, else the divisor of the logits
 * @param topP least total probability of the most likely tokens that are kept; 0 or 1 for all
 * @param minP least probability of a token relative to the most likely one; 0 for all
 * @param minTokensToKeep how many of the most likely tokens {@code minP} keeps at least
 * @param topK how many of the most likely tokens are kept; 0 for all
 * @param xtc leaves out the most likely tokens now and then
 * @param seed of the random draws
 */
public record SamplerSettings(
        double temperature, double topP, double minP, int minTokensToKeep, int topK, Optional<Xtc> xtc, long seed) {

    /** Always the most likely token. */
    public static final SamplerSettings GREEDY = new SamplerSettings(0, 0, 0, 1, 0, Optional.empty(), 0);

    public SamplerSettings {
        require("temp", temperature, temperature >= 0, "at least 0");
        require("top_p", topP, topP >= 0 && topP <= 1, "between 0 and 1");
        require("min_p", minP, minP >= 0 && minP <= 1, "between 0 and 1");
        require("min_tokens_to_keep", minTokensToKeep, minTokensToKeep >= 1, "at least 1");
        require("top_k", topK, topK >= 0, "at least 0");
    }

    static void require(String name, double value, boolean fits, String wanted) {
        if (!fits) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be " + wanted + ".");
        }
    }
}
