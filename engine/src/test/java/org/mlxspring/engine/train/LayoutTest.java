package org.mlxspring.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.Device;
import org.mlxspring.engine.array.Fast.Mask;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.data.Batch;
import org.mlxspring.engine.data.BatchIterator;
import org.mlxspring.engine.data.NumpyRandom;
import org.mlxspring.engine.data.TokenizedRow;
import org.mlxspring.engine.data.TokenizedRows;
import org.mlxspring.engine.model.Fixture;
import org.mlxspring.engine.model.LanguageModel;
import org.mlxspring.engine.model.ModelRegistry;

/** Rows packed one behind the other, against the same rows alone or padded. */
class LayoutTest {

    static Stream<Fixture> fixtures() {
        return Fixture.all().stream();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void aRowsFeaturesDependOnNothingButTheRow(Fixture fixture) {
        List<TokenizedRow> rows = List.of(row(0, 7), row(5, 40), row(1, 2), row(20, 21), row(0, 33));
        try (Scope scope = Scope.open()) {
            LanguageModel model = ModelRegistry.load(fixture.model());
            Array packed = new Layout.Packed().arrays(batch(rows)).features(model);
            Array alone = Array.concatenate(
                    0, rows.stream().map(row -> alone(model, row)).toArray(Array[]::new));
            float difference = packed.subtract(alone).square().sum().sqrt().item();
            assertThat(difference / alone.square().sum().sqrt().item()).isLessThan(1e-4f);
        }
    }

    /** The features that the targets of a row are predicted from, without any other row: [targets, features]. */
    private static Array alone(LanguageModel model, TokenizedRow row) {
        int[] span = row.targets();
        int length = span[1] - 1;
        return model.features(Array.of(Arrays.copyOf(row.tokens(), length), 1, length))
                .slice(1, span[0] - 1, length)
                .squeeze(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "cohere2", "gpt_oss-hf", "llama-4bit"})
    void bothLayoutsGiveTheSameLoss(String fixture) {
        Batch batch = batch(List.of(row(0, 7), row(5, 40), row(1, 2), row(20, 21), row(0, 33)));
        try (Scope scope = Scope.open()) {
            LanguageModel model = ModelRegistry.load(new Fixture(fixture).model());
            float padded = Loss.sum(model, new Layout.Padded().arrays(batch), TokenLosses.JUDGED)
                    .item();
            float packed = Loss.sum(model, new Layout.Packed().arrays(batch), TokenLosses.JUDGED)
                    .item();
            assertThat(packed).isCloseTo(padded, within(1e-5f * padded));
        }
    }

    @Test
    void packedRowsEndBeforeTheirLastTarget() {
        TokenizedRow spans = new TokenizedRow(new int[] {1, 2, 3, 4, 5, 6, 7}, new int[] {1, 2, 3, 5});
        TokenizedRow nothing = new TokenizedRow(new int[] {8, 9}, new int[0]);
        try (Scope scope = Scope.open()) {
            BatchArrays arrays = new Layout.Packed().arrays(batch(List.of(spans, nothing, row(1, 3))));
            assertThat(tokens(arrays).shape()).containsExactly(1, 4 + 1 + 2);
            assertThat(tokens(arrays).toInts()).containsExactly(1, 2, 3, 4, 8, 1, 2);
            assertThat(((Mask.Packed) arrays.mask()).lengths()).containsExactly(4, 1, 2);
            assertThat(arrays.places().toInts()).containsExactly(0, 2, 3, 5, 6);
            assertThat(arrays.targets().toInts()).containsExactly(2, 4, 5, 2, 3);
            assertThat(arrays.tokens()).isEqualTo(5);
        }
    }

    @Test
    void aGpuGetsPaddedRows() {
        assertThat(Layout.of(Device.GPU)).isEqualTo(new Layout.Padded());
        assertThat(Layout.of(Device.CPU)).isEqualTo(new Layout.Packed());
    }

    /** The tokens 1, 2, ..., {@code length}, those after {@code prompt} learned. */
    private static TokenizedRow row(int prompt, int length) {
        int[] tokens = new int[length];
        for (int i = 0; i < length; i++) {
            tokens[i] = i + 1;
        }
        return TokenizedRow.after(prompt, tokens);
    }

    private static Batch batch(List<TokenizedRow> rows) {
        return BatchIterator.evaluation(TokenizedRows.of(rows), rows.size(), 2048, new NumpyRandom(0), -1)
                .next();
    }

    private static Array tokens(BatchArrays arrays) {
        return ((ModelInput.Tokens) arrays.input()).tokens();
    }
}
