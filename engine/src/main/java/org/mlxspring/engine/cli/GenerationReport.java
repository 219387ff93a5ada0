package org.mlxspring.engine.cli;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.mlxspring.engine.array.Mlx;
import org.mlxspring.engine.generate.Generation;

/**
 * How fast texts were generated, as mlx-lm prints it. Of several at once, tokens are those of all, and the time is that
 * of the slowest.
 */
record GenerationReport(List<Generation> generations) {

    /** Lines of rates and memory. */
    @Override
    public String toString() {
        int prompt = generations.stream().mapToInt(Generation::promptTokens).sum();
        int tokens = generations.stream().mapToInt(each -> each.tokens().length).sum();
        if (tokens == 0) {
            return generations.size() == 1
                    ? "No text generated for this prompt"
                    : "No text generated for these prompts";
        }
        return String.format(
                Locale.ROOT,
                "Prompt: %d tokens, %.3f tokens-per-sec%n"
                        + "Generation: %d tokens, %.3f tokens-per-sec%n"
                        + "Peak memory: %.3f GB",
                prompt,
                prompt / longest(Generation::promptSeconds),
                tokens,
                tokens / longest(Generation::seconds),
                Mlx.peakMemory() / 1e9);
    }

    private double longest(ToDoubleFunction<Generation> time) {
        return generations.stream().mapToDouble(time).max().orElseThrow();
    }
}
