package org.mlxspring.engine.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mlxspring.engine.generate.Draft;
import org.mlxspring.engine.generate.Generator;
import org.mlxspring.engine.text.Tokenizer;
import picocli.CommandLine.Option;

/** A small model that guesses ahead, as flags. */
final class DraftFlags {

    @Option(
            names = "--draft-model",
            paramLabel = "FOLDER",
            description = "A small model with the same tokenizer, which guesses what comes (speculative decoding).")
    private @Nullable String draftModel;

    @Option(
            names = "--num-draft-tokens",
            paramLabel = "N",
            defaultValue = "" + Draft.DEFAULT_TOKENS,
            description = "Most tokens guessed at a time (default: ${DEFAULT-VALUE}).")
    private int numDraftTokens;

    /**
     * Loads the small model, where one is given.
     *
     * @throws UsageException if it is no model folder, or has another vocabulary
     */
    Optional<Generator> load(Tokenizer tokenizer) {
        if (draftModel == null) {
            return Optional.empty();
        }
        Generator small = Generator.load(ModelFolder.require("--draft-model", draftModel), Optional.empty());
        int size = small.tokenizer().vocabularySize();
        if (size != tokenizer.vocabularySize()) {
            small.close();
            throw new UsageException("--draft-model " + draftModel + ": its tokenizer has " + size
                    + " tokens, that of --model has " + tokenizer.vocabularySize() + "; they must be the same.");
        }
        return Optional.of(small);
    }

    /** @throws UsageException if a small model is given beside a flag that does not go with it */
    void refuse(String other) {
        if (draftModel != null) {
            throw new UsageException("--draft-model is for one prompt at a time; leave it or " + other + " out.");
        }
    }

    Draft draft(Generator small) {
        return new Draft(small.model(), numDraftTokens);
    }
}
