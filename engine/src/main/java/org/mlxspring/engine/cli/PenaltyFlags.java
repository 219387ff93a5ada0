package org.mlxspring.engine.cli;

import java.util.Optional;
import org.mlxspring.engine.generate.Penalties;
import org.mlxspring.engine.generate.Penalties.Penalty;
import picocli.CommandLine.Option;

/** Penalties on tokens that occurred, as flags; they are named as in the requests of mlx-lm's server. */
final class PenaltyFlags {

    @Option(
            names = "--repetition-penalty",
            paramLabel = "X",
            defaultValue = "0",
            description = "Divide positive logits of tokens that occurred, and multiply negative ones, by this"
                    + " (default: 0, off; usual: 1.1).")
    private double repetition;

    @Option(
            names = "--repetition-context-size",
            paramLabel = "N",
            defaultValue = "" + Penalties.DEFAULT_CONTEXT,
            description = "How many of the last tokens that looks at (default: ${DEFAULT-VALUE}).")
    private int repetitionContext;

    @Option(
            names = "--presence-penalty",
            paramLabel = "X",
            defaultValue = "0",
            description = "Take this off the logits of tokens that occurred (default: 0, off).")
    private double presence;

    @Option(
            names = "--presence-context-size",
            paramLabel = "N",
            defaultValue = "" + Penalties.DEFAULT_CONTEXT,
            description = "How many of the last tokens that looks at (default: ${DEFAULT-VALUE}).")
    private int presenceContext;

    @Option(
            names = "--frequency-penalty",
            paramLabel = "X",
            defaultValue = "0",
            description = "Take this off for every time a token occurred (default: 0, off).")
    private double frequency;

    @Option(
            names = "--frequency-context-size",
            paramLabel = "N",
            defaultValue = "" + Penalties.DEFAULT_CONTEXT,
            description = "How many of the last tokens that looks at (default: ${DEFAULT-VALUE}).")
    private int frequencyContext;

    Penalties penalties() {
        return new Penalties(
                penalty(repetition, repetitionContext),
                penalty(presence, presenceContext),
                penalty(frequency, frequencyContext));
    }

    private static Optional<Penalty> penalty(double strength, int context) {
        return strength == 0 ? Optional.empty() : Optional.of(new Penalty(strength, context));
    }
}
