package org.mlxspring.engine.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.model.Fixture;
import org.mlxspring.engine.model.LanguageModel;

/** Texts longer than the windows of a model's attention. */
class WindowedGenerationTest {

    private static final int TOKENS = 40;

    @ParameterizedTest
    @ValueSource(strings = {"cohere2", "gemma3_text", "gpt_oss-yarn", "llama-sliding"})
    void withACacheTheTextIsThatWithout(String name) {
        Fixture fixture = new Fixture(name);
        int[] prompt =
                Arrays.copyOf(fixture.ints(fixture.expected().path("prompt_ids").get(0)), 5);
        try (Generator generator = Generator.load(fixture.model(), Optional.empty())) {
            int[] cached = generator
                    .generate(prompt, TOKENS, SamplerSettings.GREEDY, Set.of(), token -> true)
                    .tokens();
            assertThat(cached).containsExactly(greedy(generator.model(), prompt));

            int[] longer = fixture.ints(fixture.expected().path("prompt_ids").get(1));
            List<Generation> together = generator.generateAll(
                    List.of(prompt, longer), new GenerateSettings(TOKENS, SamplerSettings.GREEDY), Set.of());
            assertThat(together.get(0).tokens()).containsExactly(cached);
            assertThat(together.get(1).tokens()).containsExactly(greedy(generator.model(), longer));
        }
    }

    private static int[] greedy(LanguageModel model, int[] prompt) {
        int[] ids = Arrays.copyOf(prompt, prompt.length + TOKENS);
        for (int length = prompt.length; length < ids.length; length++) {
            try (Scope scope = Scope.open()) {
                ids[length] = model.logits(Array.of(Arrays.copyOf(ids, length), 1, length))
                        .slice(1, length - 1, length)
                        .argmax(-1)
                        .toInts()[0];
            }
        }
        return Arrays.copyOfRange(ids, prompt.length, ids.length);
    }
}
