package org.mlxspring.engine.generate;

import org.mlxspring.engine.model.LanguageModel;

/**
 * A small model that guesses what a large one will say, so that the large one looks at several tokens in one step.
 *
 * @param model with the vocabulary of the large one
 * @param tokens most tokens guessed at a time
 */
public record Draft(LanguageModel model, int tokens) {

    /** As mlx-lm's command line. */
    public static final int DEFAULT_TOKENS = 3;

    public Draft {
        SamplerSettings.require("num_draft_tokens", tokens, tokens >= 1, "at least 1");
    }
}
