package org.mlxspring.engine.generate;

/**
 * How a prompt is continued.
 *
 * @param maxTokens most tokens to generate, at least 1
 * @param sampling how each is chosen
 * @param penalties what makes tokens less likely because they occurred
 * @param prefillStep how many tokens of the prompt are computed at a time, which bounds the memory they need
 * @param caches how keys and values are kept
 */
public record GenerateSettings(
        int maxTokens, SamplerSettings sampling, Penalties penalties, int prefillStep, CacheSettings caches) {

    /** As mlx-lm's. */
    public static final int DEFAULT_PREFILL_STEP = 2048;

    public GenerateSettings {
        SamplerSettings.require("max_tokens", maxTokens, maxTokens >= 1, "at least 1");
        SamplerSettings.require("prefill_step_size", prefillStep, prefillStep >= 1, "at least 1");
    }

    /** With caches that keep everything. */
    public GenerateSettings(int maxTokens, SamplerSettings sampling, Penalties penalties, int prefillStep) {
        this(maxTokens, sampling, penalties, prefillStep, CacheSettings.PLAIN);
    }

    /** Sampling alone. */
    public GenerateSettings(int maxTokens, SamplerSettings sampling) {
        this(maxTokens, sampling, Penalties.NONE, DEFAULT_PREFILL_STEP);
    }
}
