package org.mlxspring.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;

/** Holds batches against mlx-lm's iterate_batches; the expectations are made by make_batches.py. */
class BatchIteratorTest {

    private record Case(
            List<RowCase> rows,
            int batch_size,
            int max_seq_length,
            long seed,
            List<BatchCase> training,
            List<BatchCase> evaluated) {}

    private record RowCase(int[] tokens, int prompt_tokens, int keys) {}

    private record BatchCase(int[][] tokens, int[][] spans) {}

    private static List<Case> cases() throws Exception {
        return Golden.read("batches.json", new TypeReference<>() {});
    }

    private static TokenizedRows rows(Case each) {
        var rows = new MemoryRows();
        each.rows().forEach(row -> rows.add(0, TokenizedRow.after(row.prompt_tokens(), row.tokens()), row.keys()));
        return rows;
    }

    @Test
    void fullBatchesAreThoseOfMlxLmInItsOrder() throws Exception {
        for (Case each : cases()) {
            TokenizedRows rows = rows(each);
            int left = rows.size() % each.batch_size();
            var random = new NumpyRandom(each.seed());
            var training = BatchIterator.training(rows, each.batch_size(), each.max_seq_length(), random);
            List<Batch> kept = new ArrayList<>();
            for (int step = 0; step < each.training().size(); step++) {
                check(
                        nextFull(training, each.batch_size(), kept),
                        each.training().get(step));
                if (step == 1) {
                    var evaluation =
                            BatchIterator.evaluation(rows, each.batch_size(), each.max_seq_length(), random, -1);
                    for (BatchCase expected : each.evaluated()) {
                        check(nextFull(evaluation, each.batch_size(), kept), expected);
                    }
                    assertThat(evaluation.hasNext()).isEqualTo(left > 0);
                }
            }
            assertThat(kept).allSatisfy(batch -> assertThat(batch.rows()).isEqualTo(left));
            assertThat(kept).hasSize(left > 0 ? 3 : 0);
        }
    }

    /** The next batch of the full size; smaller ones, which mlx-lm drops, are put aside. */
    private static Batch nextFull(BatchIterator batches, int size, List<Batch> kept) {
        Batch batch = batches.next();
        while (batch.rows() < size) {
            kept.add(batch);
            batch = batches.next();
        }
        return batch;
    }

    private static void check(Batch batch, BatchCase expected) {
        assertThat(batch.rows()).isEqualTo(expected.tokens().length);
        assertThat(batch.width()).isEqualTo(expected.tokens()[0].length);
        assertThat(batch.tokens())
                .isEqualTo(Arrays.stream(expected.tokens())
                        .flatMapToInt(Arrays::stream)
                        .toArray());
        for (int row = 0; row < batch.rows(); row++) {
            int first = Math.max(1, expected.spans()[row][0]);
            int length = expected.spans()[row][1];
            assertThat(batch.lengths()[row]).isEqualTo(length);
            assertThat(batch.targets()[row]).isEqualTo(first < length ? new int[] {first, length} : new int[0]);
        }
    }

    private static TokenizedRows counted(int count) {
        return TokenizedRows.of(IntStream.range(0, count)
                .mapToObj(i -> TokenizedRow.after(0, new int[] {i + 1, i + 1, i + 1}))
                .toList());
    }

    @Test
    void everyRowComesOnceInEachEpoch() {
        var batches = BatchIterator.training(counted(11), 4, 64, new NumpyRandom(1));
        assertThat(batches.batchesPerEpoch()).isEqualTo(3);
        for (int epoch = 0; epoch < 3; epoch++) {
            List<Integer> seen = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Batch batch = batches.next();
                assertThat(batches.epoch()).isEqualTo(epoch);
                for (int row = 0; row < batch.rows(); row++) {
                    seen.add(batch.tokens()[row * batch.width()]);
                }
            }
            assertThat(seen)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.rangeClosed(1, 11).boxed().toList());
        }
    }

    @Test
    void fewerRowsThanABatchMakeOneSmallerBatch() {
        var batches = BatchIterator.evaluation(counted(3), 4, 64, new NumpyRandom(1), -1);
        Batch batch = batches.next();
        assertThat(batch.rows()).isEqualTo(3);
        assertThat(batch.width()).isEqualTo(33);
        assertThat(batches.hasNext()).isFalse();
        assertThatThrownBy(batches::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void evaluationStopsAtItsMaximum() {
        var batches = BatchIterator.evaluation(counted(10), 2, 64, new NumpyRandom(1), 3);
        assertThat(batches.batches()).isEqualTo(3);
        int count = 0;
        while (batches.hasNext()) {
            batches.next();
            count++;
        }
        assertThat(count).isEqualTo(3);
    }

    @Test
    void aRestoredPositionGoesOnWithTheSameBatches() {
        for (int stop = 0; stop < 9; stop++) {
            var random = new NumpyRandom(5);
            var whole = BatchIterator.training(counted(11), 4, 64, random);
            for (int i = 0; i < stop; i++) {
                whole.next();
            }
            DataPosition position = whole.position();
            NumpyRandom.State state = random.state();
            var restored = BatchIterator.training(counted(11), 4, 64, new NumpyRandom(state));
            restored.restore(position);
            assertThat(restored.position()).usingRecursiveComparison().isEqualTo(whole.position());
            for (int i = 0; i < 7; i++) {
                assertThat(restored.next().tokens()).isEqualTo(whole.next().tokens());
                assertThat(restored.epoch()).isEqualTo(whole.epoch());
            }
        }
    }

    @Test
    void aPositionOfOtherRowsIsRefused() {
        var batches = BatchIterator.training(counted(11), 4, 64, new NumpyRandom(5));
        batches.next();
        var others = BatchIterator.training(counted(30), 4, 64, new NumpyRandom(5));
        assertThatThrownBy(() -> others.restore(batches.position()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("the dataset or the batch size changed");
    }

    @Test
    void rowsThatAreTooLongAreCutAndCounted() {
        TokenizedRows rows = TokenizedRows.of(List.of(
                TokenizedRow.after(4, new int[] {1, 2, 3, 4, 5, 6}),
                TokenizedRow.after(0, new int[] {1, 2}),
                TokenizedRow.after(0, new int[] {1, 2, 3, 4, 5})));
        var batches = BatchIterator.evaluation(rows, 3, 4, new NumpyRandom(0), -1);
        assertThat(batches.truncatedRows()).isEqualTo(2);
        assertThat(batches.longestRow()).isEqualTo(6);
        Batch batch = batches.next();
        assertThat(batch.width()).isEqualTo(4);
        assertThat(batch.lengths()).containsExactly(4, 2, 4);
        assertThat(batch.tokens()).containsExactly(1, 2, 3, 4, 1, 2, 0, 0, 1, 2, 3, 4);
        // The first row's answer was cut away whole; the others learn all but their first token.
        assertThat(batch.targetCount()).isEqualTo(0 + 1 + 3);
        assertThat(batches.rowsWithoutTargets()).isEqualTo(1);
    }

    @Test
    void spansAreCutWithTheirRow() {
        var row = new TokenizedRow(new int[] {1, 2, 3, 4, 5, 6, 7, 8}, new int[] {1, 2, 4, 7});
        for (int length : new int[] {2, 3, 4, 5, 6, 8}) {
            Batch batch = BatchIterator.evaluation(TokenizedRows.of(List.of(row)), 1, length, new NumpyRandom(0), -1)
                    .next();
            int[] expected = length <= 4 ? new int[] {1, 2} : new int[] {1, 2, 4, Math.min(7, length)};
            assertThat(batch.targets()[0]).isEqualTo(expected);
            assertThat(batch.targetCount()).isEqualTo(1 + Math.clamp(length - 4, 0, 3));
        }
    }

    @Test
    void theTwoAnswersOfAPreferenceStayTogether() {
        var rows = new MemoryRows(2);
        for (int i = 0; i < 10; i++) {
            rows.add(i, TokenizedRow.after(1, new int[] {i, i, i}), 1);
        }
        assertThat(rows.examples()).isEqualTo(5);
        var batches = BatchIterator.training(rows, 2, 64, new NumpyRandom(3));
        assertThat(batches.batchesPerEpoch()).isEqualTo(3);
        List<Integer> seen = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Batch batch = batches.next();
            for (int row = 0; row < batch.rows(); row++) {
                int token = batch.tokens()[row * batch.width()];
                assertThat(token % 2).isEqualTo(row % 2);
                assertThat(batch.sources()[row]).isEqualTo(token / 2);
                seen.add(token);
            }
            for (int row = 0; row < batch.rows(); row += 2) {
                assertThat(batch.sources()[row]).isEqualTo(batch.sources()[row + 1]);
            }
        }
        assertThat(seen).hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    void whatMakesNoBatchIsRefused() {
        var random = new NumpyRandom(0);
        assertThatThrownBy(() -> BatchIterator.training(counted(0), 4, 64, random))
                .hasMessageContaining("no rows");
        assertThatThrownBy(() -> BatchIterator.training(counted(1), 0, 64, random))
                .hasMessageContaining("batch size");
        assertThatThrownBy(() -> BatchIterator.training(counted(1), 1, 1, random))
                .hasMessageContaining("max sequence length");
    }
}
