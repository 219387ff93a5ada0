package org.mlxspring.engine.parity;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Safetensors;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.generate.Generator;
import org.mlxspring.engine.generate.SamplerSettings;
import org.mlxspring.engine.model.Fixture;
import org.mlxspring.engine.model.LanguageModel;
import org.mlxspring.engine.model.ModelRegistry;
import tools.jackson.databind.JsonNode;

/** A model's logits and greedy continuations, against mlx-lm's. */
public final class ForwardParity {

    private static final double LOGITS = 1e-3;

    private ForwardParity() {}

    /** The largest difference of a logit, and at how many positions another token is the best. */
    public static List<Figure> logits(Fixture fixture) throws IOException {
        try (Scope scope = Scope.open()) {
            LanguageModel model = ModelRegistry.load(fixture.model());
            List<int[]> rows = fixture.expected()
                    .path("prompt_ids")
                    .valueStream()
                    .map(fixture::ints)
                    .toList();
            int[] flat = rows.stream().flatMapToInt(Arrays::stream).toArray();
            Array logits = model.logits(Array.of(flat, rows.size(), rows.getFirst().length));
            Array golden = Safetensors.load(fixture.path().resolve("logits.safetensors"))
                    .get("logits");
            if (!Arrays.equals(logits.shape(), golden.shape())) {
                throw new IllegalStateException("The logits have the shape " + Arrays.toString(logits.shape())
                        + "; mlx-lm's have " + Arrays.toString(golden.shape()) + ".");
            }
            return List.of(
                    new Figure("logits", largestDifference(logits.toFloats(), golden.toFloats()), LOGITS),
                    Figure.count(
                            "argmax",
                            differing(
                                    logits.argmax(-1).toInts(),
                                    golden.argmax(-1).toInts())));
        }
    }

    /** How many of the greedy tokens differ, where each is found from the whole text before it, without a cache. */
    public static Figure greedy(Fixture fixture) {
        JsonNode expected = fixture.expected();
        int[] golden = fixture.ints(expected.path("greedy_continuation"));
        int[] prompt = fixture.ints(expected.path("prompt_ids").get(0));
        int[] ids = Arrays.copyOf(prompt, prompt.length + golden.length);
        try (Scope scope = Scope.open()) {
            LanguageModel model = ModelRegistry.load(fixture.model());
            for (int length = prompt.length; length < ids.length; length++) {
                ids[length] = model.logits(Array.of(Arrays.copyOf(ids, length), 1, length))
                        .slice(1, length - 1, length)
                        .argmax(-1)
                        .toInts()[0];
            }
        }
        return Figure.count("greedy", differing(Arrays.copyOfRange(ids, prompt.length, ids.length), golden));
    }

    /** How many of the tokens differ that the generator, with its caches, finds. */
    public static Figure cached(Fixture fixture) {
        JsonNode expected = fixture.expected();
        String with = "greedy_continuation_with_cache";
        int[] golden = fixture.ints(expected.path(expected.has(with) ? with : "greedy_continuation"));
        int[] prompt = fixture.ints(expected.path("prompt_ids").get(0));
        try (Generator generator = Generator.load(fixture.model(), Optional.empty())) {
            int[] tokens = generator
                    .generate(prompt, golden.length, SamplerSettings.GREEDY, Set.of(), token -> true)
                    .tokens();
            return Figure.count("cached", differing(tokens, golden));
        }
    }

    private static double largestDifference(float[] ours, float[] theirs) {
        double worst = 0;
        for (int i = 0; i < theirs.length; i++) {
            worst = Math.max(worst, Math.abs(ours[i] - theirs[i]));
        }
        return worst;
    }

    private static long differing(int[] ours, int[] theirs) {
        long differing = Math.abs(ours.length - theirs.length);
        for (int i = 0; i < Math.min(ours.length, theirs.length); i++) {
            if (ours[i] != theirs[i]) {
                differing++;
            }
        }
        return differing;
    }
}
