package org.mlxspring.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mlxspring.engine.adapter.AdapterFolder;
import org.mlxspring.engine.adapter.Adapters;
import org.mlxspring.engine.adapter.FineTuneType;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Gradient;
import org.mlxspring.engine.array.RandomState;
import org.mlxspring.engine.array.Safetensors;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.data.Batch;
import org.mlxspring.engine.data.BatchIterator;
import org.mlxspring.engine.data.NumpyRandom;
import org.mlxspring.engine.data.RowKeys;
import org.mlxspring.engine.data.RowTokenizer;
import org.mlxspring.engine.data.TokenizedRows;
import org.mlxspring.engine.distributed.Group;
import org.mlxspring.engine.model.Fixture;
import org.mlxspring.engine.model.LanguageModel;
import org.mlxspring.engine.model.ModelRegistry;
import org.mlxspring.engine.model.Substitution;
import org.mlxspring.engine.nn.Parameter;
import org.mlxspring.engine.text.Tokenizer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds DPO and ORPO against formulas in NumPy over mlx-lm's logits; the expectations are made by make_preference.py. */
class PreferenceObjectivesTest {

    private static final Fixture FIXTURE = new Fixture("llama-masked");

    private static Path resource(String name) {
        try {
            return Path.of(PreferenceObjectivesTest.class
                    .getResource("/preference/" + name)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode expected() throws IOException {
        return new JsonMapper().readTree(Files.readString(resource("expected.json")));
    }

    private static TokenizedRows rows() {
        try (var tokenizer = Tokenizer.load(FIXTURE.model())) {
            return RowTokenizer.ofPreferences(tokenizer).inMemory(resource("preferences.jsonl"), RowKeys.standard());
        }
    }

    private static List<Batch> batches(TokenizedRows rows, int size, int maxSeqLength) {
        List<Batch> batches = new ArrayList<>();
        BatchIterator.evaluation(rows, size, maxSeqLength, new NumpyRandom(0), -1)
                .forEachRemaining(batches::add);
        return batches;
    }

    private static ReferenceScores references(LanguageModel model, TokenizedRows rows, int maxSeqLength) {
        var references = new ReferenceScores();
        references.complete(model, Group.alone(), rows, 4, maxSeqLength, () -> false, _ -> {});
        return references;
    }

    private static LanguageModel policy() {
        LanguageModel model = ModelRegistry.load(FIXTURE.model());
        new AdapterFolder(FIXTURE.path().resolve("adapter-end")).load(model);
        return model;
    }

    @Test
    void answersAreAsLikelyAsMlxLmFindsThem() throws IOException {
        JsonNode pairs = expected().get("pairs");
        TokenizedRows rows = rows();
        assertThat(rows.examples()).isEqualTo(pairs.size());
        try (Scope scope = Scope.open()) {
            for (String side : List.of("sum", "reference")) {
                LanguageModel model = side.equals("sum") ? policy() : ModelRegistry.load(FIXTURE.model());
                for (Batch batch : batches(rows, 4, 2048)) {
                    float[] scores = AnswerScores.of(
                                    model, BatchArrays.of(batch), AnswerScores.owners(batch), TokenLosses.JUDGED)
                            .toFloats();
                    for (int row = 0; row < scores.length; row++) {
                        JsonNode answer = pairs.get(batch.sources()[row]).get(row % 2 == 0 ? "chosen" : "rejected");
                        assertThat(batch.targets()[row])
                                .containsExactly(
                                        answer.get("prompt").asInt(),
                                        answer.get("tokens").size());
                        assertThat(scores[row])
                                .isCloseTo((float) answer.get(side).asDouble(), within(2e-4f));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 6})
    void lossesAndRewardsAreThoseOfTheFormulas(int batchSize) throws IOException {
        TokenizedRows rows = rows();
        try (Scope scope = Scope.open()) {
            ReferenceScores references = references(ModelRegistry.load(FIXTURE.model()), rows, 2048);
            LanguageModel model = policy();
            for (JsonNode each : expected().get("losses")) {
                float beta = (float) each.get("beta").asDouble();
                check(
                        new DpoObjective(model, BatchArrays::of, beta, references),
                        each.get("dpo"),
                        rows,
                        batchSize,
                        beta);
                check(new OrpoObjective(model, BatchArrays::of, beta), each.get("orpo"), rows, batchSize, beta);
            }
        }
    }

    private static void check(Objective objective, JsonNode expected, TokenizedRows rows, int size, float beta) {
        for (Batch batch : batches(rows, size, 2048)) {
            double[] sums = new double[5];
            for (int row = 0; row < batch.rows(); row += 2) {
                JsonNode pair = expected.get(batch.sources()[row]);
                double chosen = pair.get("rewards").get(0).asDouble();
                double rejected = pair.get("rewards").get(1).asDouble();
                sums[0] += pair.get("loss").asDouble();
                sums[1] += chosen;
                sums[2] += rejected;
                sums[3] += chosen - rejected;
                sums[4] += chosen > rejected ? 1 : 0;
            }
            Objective.Inputs inputs = objective.inputs(batch);
            assertThat(inputs.weight()).isEqualTo(batch.rows() / 2.0);
            assertThat(inputs.tokens()).isEqualTo(batch.targetCount());
            List<Array> actual = objective.sums(inputs, TokenLosses.LEARNED);
            for (int i = 0; i < sums.length; i++) {
                // Rewards of DPO are differences of sums of hundreds.
                assertThat((double) actual.get(i).item()).isCloseTo(sums[i], within(1e-4 + 5e-4 * beta));
            }
        }
        assertThat(objective.metrics())
                .containsExactly("reward_chosen", "reward_rejected", "reward_margin", "reward_accuracy");
    }

    @Test
    void gradientsAreThoseOfMlx() throws IOException {
        TokenizedRows rows = rows();
        try (Scope scope = Scope.open()) {
            ReferenceScores references = references(ModelRegistry.load(FIXTURE.model()), rows, 2048);
            LanguageModel model = ModelRegistry.load(FIXTURE.model());
            Adapters.prepare(
                    model,
                    FineTuneType.LORA,
                    2,
                    TrainSettings.fromMap(Map.of("lora_parameters", Map.of("rank", 4, "scale", 10.0, "dropout", 0.0)))
                            .loraParameters(),
                    RandomState.seed(0));
            Path adapter = FIXTURE.path().resolve("adapter-end/adapters.safetensors");
            AdapterFolder.loadWeights(adapter, Adapters.trainable(model));
            Map<String, Array> expected = Safetensors.load(resource("gradients.safetensors"));
            for (String name : List.of("dpo", "orpo")) {
                Objective objective = name.equals("dpo")
                        ? new DpoObjective(model, BatchArrays::of, 0.1f, references)
                        : new OrpoObjective(model, BatchArrays::of, 0.25f);
                Map<String, Array> actual =
                        gradients(objective, model, batches(rows, 6, 2048).getFirst());
                Map<String, Array> wanted = new HashMap<>();
                expected.forEach((key, value) -> {
                    if (key.startsWith(name + ".")) {
                        wanted.put(key.substring(name.length() + 1), value);
                    }
                });
                assertThat(actual.keySet()).isEqualTo(wanted.keySet());
                wanted.forEach((key, value) -> {
                    Array difference =
                            actual.get(key).subtract(value).square().sum().sqrt();
                    float norm = value.square().sum().sqrt().item();
                    assertThat(difference.item()).as(key).isLessThan(1e-4f * norm + 1e-6f);
                });
            }
        }
    }

    private static Map<String, Array> gradients(Objective objective, LanguageModel model, Batch batch) {
        Map<String, Parameter> trained = Adapters.trainable(model);
        Objective.Inputs inputs = objective.inputs(batch);
        List<Array> all = new ArrayList<>();
        trained.values().forEach(parameter -> all.add(parameter.value()));
        int count = trained.size();
        try (Gradient gradient = Gradient.of(
                arrays -> Substitution.with(
                        List.copyOf(trained.values()),
                        arrays,
                        () -> List.of(objective
                                .sums(inputs, TokenLosses.LEARNED)
                                .getFirst()
                                .divide((float) inputs.weight()))),
                count)) {
            List<Array> found = gradient.apply(all).gradients();
            Map<String, Array> named = new HashMap<>();
            int i = 0;
            for (String name : trained.keySet()) {
                named.put(name, found.get(i++));
            }
            return named;
        }
    }

    @Test
    void aPairOfWhichAnAnswerIsCutAwayDoesNotCount() {
        TokenizedRows rows = rows();
        // Cut here, only the pair whose prompt is shortest keeps both answers.
        int length = 20;
        try (Scope scope = Scope.open()) {
            LanguageModel model = policy();
            ReferenceScores references = references(model, rows, length);
            for (Objective objective : List.of(
                    new DpoObjective(model, BatchArrays::of, 0.1f, references),
                    new OrpoObjective(model, BatchArrays::of, 0.1f))) {
                double weight = 0;
                double loss = 0;
                for (Batch batch : batches(rows, 3, length)) {
                    Objective.Inputs inputs = objective.inputs(batch);
                    weight += inputs.weight();
                    for (Array sum : objective.sums(inputs, TokenLosses.LEARNED)) {
                        assertThat(sum.item()).isFinite();
                    }
                    loss += objective
                            .sums(inputs, TokenLosses.LEARNED)
                            .getFirst()
                            .item();
                }
                assertThat(weight).isEqualTo(1);
                if (objective instanceof DpoObjective) {
                    assertThat(loss).isCloseTo(Math.log(2), within(1e-4));
                }
            }
        }
    }

    @Test
    void theLogisticLossNeitherOverflowsNorVanishes() {
        try (Scope scope = Scope.open()) {
            Array extreme = Array.of(new float[] {-200f, -1f, 0f, 1f, 200f}, 5);
            assertThat(Preferences.logistic(extreme).toFloats())
                    .containsExactly(new float[] {200f, 1.3132616f, 0.6931472f, 0.31326166f, 0f}, within(1e-6f));
        }
    }
}
