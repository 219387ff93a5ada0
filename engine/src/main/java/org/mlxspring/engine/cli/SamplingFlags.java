package org.mlxspring.engine.cli;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mlxspring.engine.generate.SamplerSettings;
import org.mlxspring.engine.generate.Xtc;
import org.mlxspring.engine.text.Tokenizer;
import picocli.CommandLine.Option;

/** How the next token is chosen, as flags. */
final class SamplingFlags {

    @Option(
            names = "--temp",
            paramLabel = "X",
            defaultValue = "0",
            description = "Temperature; 0 always takes the most likely token (default: 0).")
    private double temperature;

    @Option(
            names = "--top-p",
            paramLabel = "X",
            defaultValue = "1",
            description = "Keep the most likely tokens until their probabilities add up to this (default: 1, all).")
    private double topP;

    @Option(
            names = "--min-p",
            paramLabel = "X",
            defaultValue = "0",
            description = "Least probability, as a share of the most likely token's (default: 0, all).")
    private double minP;

    @Option(
            names = "--min-tokens-to-keep",
            paramLabel = "N",
            defaultValue = "1",
            description = "Tokens that --min-p keeps at least (default: ${DEFAULT-VALUE}).")
    private int minTokensToKeep;

    @Option(
            names = "--top-k",
            paramLabel = "N",
            defaultValue = "0",
            description = "Keep this many of the most likely tokens (default: 0, all).")
    private int topK;

    @Option(
            names = "--xtc-probability",
            paramLabel = "X",
            defaultValue = "0",
            description = "How often all likely tokens but the least likely of them are left out (default: 0, never).")
    private double xtcProbability;

    @Option(
            names = "--xtc-threshold",
            paramLabel = "X",
            defaultValue = "0.1",
            description = "Least probability of a likely token for that, up to 0.5 (default: ${DEFAULT-VALUE}).")
    private double xtcThreshold;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the draws (default: another one each time).")
    private @Nullable Long seed;

    /** The settings, for a model's tokenizer. */
    SamplerSettings settings(Tokenizer tokenizer) {
        return new SamplerSettings(
                temperature,
                topP,
                minP,
                minTokensToKeep,
                topK,
                xtcProbability == 0
                        ? Optional.empty()
                        : Optional.of(new Xtc(xtcProbability, xtcThreshold, neverLeftOut(tokenizer))),
                seed == null ? System.nanoTime() & Integer.MAX_VALUE : seed);
    }

    private static Set<Integer> neverLeftOut(Tokenizer tokenizer) {
        Set<Integer> tokens = new HashSet<>(tokenizer.endTokens());
        for (int token : tokenizer.encode("\n", true)) {
            tokens.add(token);
        }
        return tokens;
    }
}
