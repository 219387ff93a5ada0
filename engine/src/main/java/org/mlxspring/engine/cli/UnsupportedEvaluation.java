package org.mlxspring.engine.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Flags of mlx-lm's {@code evaluate}, which runs the tasks of another package, that make no sense here. */
final class UnsupportedEvaluation {

    private static final String REFUSED = "Refused; see the message.";

    @Option(names = "--tasks", paramLabel = "TASK", arity = "1..*", description = REFUSED)
    private List<String> tasks = List.of();

    @Option(names = "--num-shots", paramLabel = "N", description = REFUSED)
    private @Nullable Integer numShots;

    @Option(names = "--fewshot-as-multiturn", description = REFUSED)
    private boolean fewShotAsMultiTurn;

    @Option(names = "--output-dir", paramLabel = "FOLDER", description = REFUSED)
    private @Nullable String outputDir;

    @Option(
            names = "--apply-chat-template",
            negatable = true,
            fallbackValue = "true",
            description = "Without effect: rows always go through the chat template, as in training.")
    private @Nullable Boolean applyChatTemplate;

    @Option(
            names = {"--confirm-run-unsafe-code", "--trust-remote-code"},
            description = "Without effect: no code of others is ever run.")
    private boolean unsafe;

    /** @throws UsageException if a flag is given whose wish cannot be met */
    void refuse() {
        refuse(!tasks.isEmpty(), "--tasks", "tasks are not downloaded; give rows of your own with --data FILE");
        refuse(numShots != null, "--num-shots", "put examples into the rows' messages");
        refuse(fewShotAsMultiTurn, "--fewshot-as-multiturn", "put examples into the rows' messages");
        refuse(outputDir != null, "--output-dir", "use --json FILE and --predictions FILE");
        refuse(
                Boolean.FALSE.equals(applyChatTemplate),
                "--no-apply-chat-template",
                "rows are judged as they are trained, through the chat template; use rows with \"text\" for the loss"
                        + " of bare text");
    }

    private static void refuse(boolean given, String flag, String instead) {
        if (given) {
            throw new UsageException(flag + " is not supported: " + instead + ".");
        }
    }
}
