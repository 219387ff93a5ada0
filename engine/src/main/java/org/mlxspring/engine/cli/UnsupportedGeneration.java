package org.mlxspring.engine.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Flags of mlx-lm's {@code generate} that this engine refuses, or that change nothing here. */
final class UnsupportedGeneration {

    private static final String REFUSED = "Refused; see the message.";
    private static final String WITHOUT_EFFECT = "Without effect.";

    @Option(names = "--trust-remote-code", description = "Without effect: no code of a model is ever run.")
    private boolean trustRemoteCode;

    @Option(names = "--use-default-chat-template", description = "Without effect: a model's own template is used.")
    private boolean useDefaultChatTemplate;

    @Option(names = "--kv-group-size", paramLabel = "N", description = WITHOUT_EFFECT)
    private int kvGroupSize;

    @Option(names = "--quantized-kv-start", paramLabel = "N", description = WITHOUT_EFFECT)
    private int quantizedKvStart;

    @Option(names = "--num-draft-tokens", paramLabel = "N", description = WITHOUT_EFFECT)
    private int numDraftTokens;

    @Option(names = "--max-kv-size", paramLabel = "N", description = REFUSED)
    private @Nullable Integer maxKvSize;

    @Option(names = "--kv-bits", paramLabel = "N", description = REFUSED)
    private @Nullable Integer kvBits;

    @Option(names = "--prompt-cache-file", paramLabel = "FILE", description = REFUSED)
    private @Nullable String promptCacheFile;

    @Option(names = "--draft-model", paramLabel = "FOLDER", description = REFUSED)
    private @Nullable String draftModel;

    @Option(
            names = {"-qa", "--quantize-activations"},
            description = REFUSED)
    private boolean quantizeActivations;

    @Option(names = "--image", paramLabel = "FILE", arity = "1..*", description = REFUSED)
    private List<String> images = List.of();

    /** @throws UsageException if a flag is given whose wish cannot be met */
    void refuse() {
        refuse(maxKvSize != null, "--max-kv-size", "the cache grows with the text; bound it with --max-tokens");
        refuse(kvBits != null, "--kv-bits", "the cache is kept in the model's own precision");
        refuse(promptCacheFile != null, "--prompt-cache-file", "give the whole text with --prompt");
        refuse(draftModel != null, "--draft-model", "the text is the same without it");
        refuse(quantizeActivations, "--quantize-activations", "leave it out");
        refuse(!images.isEmpty(), "--image", "models of this engine read text only");
    }

    private static void refuse(boolean given, String flag, String instead) {
        if (given) {
            throw new UsageException(flag + " is not supported: " + instead + ".");
        }
    }
}
