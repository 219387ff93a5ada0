package org.mlxspring.engine.cli;

import java.util.List;
import picocli.CommandLine.Option;

/** Flags of mlx-lm's {@code generate} that this engine refuses, or that change nothing here. */
final class UnsupportedGeneration {

    private static final String REFUSED = "Refused; see the message.";

    @Option(names = "--trust-remote-code", description = "Without effect: no code of a model is ever run.")
    private boolean trustRemoteCode;

    @Option(names = "--use-default-chat-template", description = "Without effect: a model's own template is used.")
    private boolean useDefaultChatTemplate;

    @Option(
            names = {"-qa", "--quantize-activations"},
            description = REFUSED)
    private boolean quantizeActivations;

    @Option(names = "--image", paramLabel = "FILE", arity = "1..*", description = REFUSED)
    private List<String> images = List.of();

    /** @throws UsageException if a flag is given whose wish cannot be met */
    void refuse() {
        refuse(
                quantizeActivations,
                "--quantize-activations",
                "layers that pack what flows through them are not there; leave it out, and packed weights work with"
                        + " activations in the model's own precision");
        refuse(!images.isEmpty(), "--image", "models of this engine read text only");
    }

    private static void refuse(boolean given, String flag, String instead) {
        if (given) {
            throw new UsageException(flag + " is not supported: " + instead + ".");
        }
    }
}
