package org.mlxspring.engine.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.model.Fixture;

class GeneratorTest {

    static Stream<Fixture> fixtures() {
        return Fixture.all().stream();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void withACacheTheGreedyTextIsThatOfMlxLm(Fixture fixture) {
        int[] prompt = fixture.ints(fixture.expected().path("prompt_ids").get(0));
        int[] golden = fixture.ints(fixture.expected().path("greedy_continuation"));
        try (Generator generator = Generator.load(fixture.model(), Optional.empty())) {
            List<Integer> streamed = new ArrayList<>();
            Generation generation =
                    generator.generate(prompt, golden.length, SamplerSettings.GREEDY, Set.of(), streamed::add);
            assertThat(generation.tokens()).containsExactly(golden);
            assertThat(streamed)
                    .containsExactlyElementsOf(Arrays.stream(golden).boxed().toList());
            assertThat(generation.ended()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "llama-sliding", "gemma2", "gemma3_text"})
    void manyPromptsOfDifferentLengthsGiveWhatEachGivesAlone(String name) {
        Fixture fixture = new Fixture(name);
        int[] prompt = fixture.ints(fixture.expected().path("prompt_ids").get(0));
        int[] other = fixture.ints(fixture.expected().path("prompt_ids").get(1));
        List<int[]> prompts = List.of(prompt, Arrays.copyOf(prompt, 7), other, Arrays.copyOf(other, 1));
        try (Generator generator = Generator.load(fixture.model(), Optional.empty())) {
            List<Generation> together =
                    generator.generateAll(prompts, new GenerateSettings(12, SamplerSettings.GREEDY), Set.of());
            for (int i = 0; i < prompts.size(); i++) {
                int[] alone = generator
                        .generate(prompts.get(i), 12, SamplerSettings.GREEDY, Set.of(), token -> true)
                        .tokens();
                assertThat(together.get(i).tokens()).as("prompt " + i).containsExactly(alone);
            }
        }
    }

    @Test
    void rowsThatEndEarlierLeaveTheOthersAsTheyAre() {
        Fixture fixture = new Fixture("llama");
        int[] prompt = fixture.ints(fixture.expected().path("prompt_ids").get(0));
        int[] other = fixture.ints(fixture.expected().path("prompt_ids").get(1));
        List<int[]> prompts = List.of(Arrays.copyOf(prompt, 3), prompt, other, Arrays.copyOf(other, 9), prompt);
        GenerateSettings settings = new GenerateSettings(24, SamplerSettings.GREEDY);
        long before = Scope.liveHandles();
        try (Generator generator = Generator.load(fixture.model(), Optional.empty())) {
            Set<Integer> ends = new HashSet<>();
            for (int place : new int[] {2, 5, 11}) {
                int[] row = prompts.get(ends.size());
                ends.add(generator.generate(row, settings, Set.of(), token -> true)
                        .tokens()[place]);
            }
            List<Generation> together = generator.generateAll(prompts, settings, ends);
            for (int i = 0; i < prompts.size(); i++) {
                Generation alone = generator.generate(prompts.get(i), settings, ends, token -> true);
                assertThat(together.get(i).tokens()).as("prompt " + i).containsExactly(alone.tokens());
                assertThat(together.get(i).ended()).isEqualTo(alone.ended());
            }
            assertThat(together.stream()
                            .mapToInt(answer -> answer.tokens().length)
                            .distinct())
                    .hasSizeGreaterThan(1);
        }
        assertThat(Scope.liveHandles()).isEqualTo(before);
    }

    @Test
    void whatIsForOnePromptAtATimeIsRefusedForSeveral() {
        Fixture fixture = new Fixture("llama");
        Penalties penalties =
                new Penalties(Optional.of(new Penalties.Penalty(1.1, 20)), Optional.empty(), Optional.empty());
        try (Generator generator = Generator.load(fixture.model(), Optional.empty())) {
            assertThatThrownBy(() -> generator.generateAll(
                            List.of(new int[] {1}),
                            new GenerateSettings(4, SamplerSettings.GREEDY, penalties, 16),
                            Set.of()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("one prompt at a time");
        }
    }

    @Test
    void endsAtAnEndToken() {
        Fixture fixture = new Fixture("llama");
        int[] prompt = fixture.ints(fixture.expected().path("prompt_ids").get(0));
        int[] golden = fixture.ints(fixture.expected().path("greedy_continuation"));
        try (Generator generator = Generator.load(fixture.model(), Optional.empty())) {
            Generation generation =
                    generator.generate(prompt, 16, SamplerSettings.GREEDY, Set.of(golden[3]), token -> true);
            assertThat(generation.ended()).isTrue();
            assertThat(generation.tokens().length).isLessThanOrEqualTo(3);
            assertThat(generator
                            .generateAll(
                                    List.of(prompt),
                                    new GenerateSettings(16, SamplerSettings.GREEDY),
                                    Set.of(golden[3]))
                            .getFirst()
                            .tokens())
                    .containsExactly(generation.tokens());
        }
    }

    @Test
    void samplesTheSameFromTheSameSeedAndLeavesNothingBehind() {
        Fixture fixture = new Fixture("llama");
        int[] prompt = fixture.ints(fixture.expected().path("prompt_ids").get(0));
        long before = Scope.liveHandles();
        try (Generator generator = Generator.load(fixture.model(), Optional.empty())) {
            SamplerSettings settings = new SamplerSettings(0.8, 0.9, 0.01, 1, 50, Optional.empty(), 42);
            int[] first = generator
                    .generate(prompt, 10, settings, Set.of(), token -> true)
                    .tokens();
            int[] second = generator
                    .generate(prompt, 10, settings, Set.of(), token -> true)
                    .tokens();
            assertThat(first).containsExactly(second);
        }
        assertThat(Scope.liveHandles()).isEqualTo(before);
    }
}
