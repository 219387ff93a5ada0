package org.mlxspring.engine.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mlxspring.engine.adapter.AdapterFolder;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.DType;
import org.mlxspring.engine.array.Fast;
import org.mlxspring.engine.array.Gradient;
import org.mlxspring.engine.array.RandomState;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.model.Fixture;
import org.mlxspring.engine.model.LanguageModel;
import org.mlxspring.engine.model.ModelRegistry;
import org.mlxspring.engine.model.Substitution;
import org.mlxspring.engine.nn.Parameter;

/** Losses in pieces, against losses of all places at once. */
class TokenLossesTest {

    private static final int PLACES = 11;

    @ParameterizedTest
    @ValueSource(strings = {"llama", "qwen2", "gemma2", "cohere2", "llama-4bit", "phi", "glm4"})
    void piecesGiveTheLossesAndGradientsOfTheWhole(String fixture) {
        try (Scope scope = Scope.open()) {
            LanguageModel model = ModelRegistry.load(new Fixture(fixture).model());
            check(model, List.of());
        }
    }

    @Test
    void aTrainedHeadLearnsFromAllPieces() {
        Fixture fixture = new Fixture("qwen2-embedding");
        try (Scope scope = Scope.open()) {
            LanguageModel model = ModelRegistry.load(fixture.model());
            new AdapterFolder(fixture.path().resolve("adapter-end")).load(model);
            List<Parameter> trained = List.copyOf(
                    model.head().adapter().orElseThrow().parameters("").values());
            trained.forEach(parameter -> parameter.setTrainable(true));
            assertThat(trained).hasSize(2);
            check(model, trained);
        }
    }

    private static void check(LanguageModel model, List<Parameter> trained) {
        int[] head = model.head().weight().shape();
        Array features = RandomState.seed(3).normal(0, 1, PLACES, head[1]);
        Array targets = Array.of(new int[] {5, 1, 2, 2, 7, 0, 11, 3, 9, 8, 30}, PLACES);
        List<Array> inputs = new ArrayList<>(List.of(features));
        trained.forEach(parameter -> inputs.add(parameter.value()));
        BinaryOperator<Array> losses = (some, theirs) -> Fast.crossEntropy(model.project(some), theirs);
        // Four places at once, and three at last.
        long bytes = 4L * Float.BYTES * head[0];
        Gradient.Result whole = gradient(inputs, trained, given -> losses.apply(given, targets));
        Gradient.Result pieces =
                gradient(inputs, trained, given -> TokenLosses.LEARNED.inPieces(model, bytes, given, targets, losses));
        assertClose(pieces.values().get(1), whole.values().get(1));
        assertClose(
                TokenLosses.JUDGED.inPieces(model, bytes, features, targets, losses),
                whole.values().get(1));
        for (int i = 0; i < inputs.size(); i++) {
            assertClose(pieces.gradients().get(i), whole.gradients().get(i));
        }
    }

    /** Of a loss that is no plain sum: each token's gradient is scaled by another number. */
    private static Gradient.Result gradient(List<Array> inputs, List<Parameter> trained, UnaryOperator<Array> losses) {
        Array weights = Array.arange(1, PLACES + 1, 1, DType.FLOAT32);
        UnaryOperator<List<Array>> function =
                given -> Substitution.with(trained, given.subList(1, given.size()), () -> {
                    Array each = losses.apply(given.getFirst());
                    return List.of(each.multiply(weights).sum(), each);
                });
        try (Gradient gradient = Gradient.of(function, inputs.size())) {
            return gradient.apply(inputs);
        }
    }

    private static void assertClose(Array actual, Array expected) {
        float distance = actual.subtract(expected).abs().max(-1, false).sum().item();
        assertThat(distance)
                .isLessThan(1e-6f * PLACES * expected.abs().max(-1, false).sum().item());
    }
}
