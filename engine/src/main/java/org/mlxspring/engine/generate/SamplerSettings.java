package org.mlxspring.engine.generate;

/**
 * How the next token is chosen.
 *
 * @param temperature 0 for the most likely token, else the divisor of the logits
 * @param topP least total probability of the most likely tokens that are kept; 0 or 1 for all
 * @param minP least probability of a token relative to the most likely one; 0 for all
 * @param topK how many of the most likely tokens are kept; 0 for all
 * @param seed of the random draws
 */
public record SamplerSettings(double temperature, double topP, double minP, int topK, long seed) {

    /** Always the most likely token. */
    public static final SamplerSettings GREEDY = new SamplerSettings(0, 0, 0, 0, 0);

    public SamplerSettings {
        require("temp", temperature, temperature >= 0, "at least 0");
        require("top_p", topP, topP >= 0 && topP <= 1, "between 0 and 1");
        require("min_p", minP, minP >= 0 && minP <= 1, "between 0 and 1");
        require("top_k", topK, topK >= 0, "at least 0");
    }

    private static void require(String name, double value, boolean fits, String wanted) {
        if (!fits) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be " + wanted + ".");
        }
    }
}
