package org.mlxspring.engine.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What each of several processes takes of a batch. */
class BatchShareTest {

    @Test
    void everyNthRowInTheWidthThatItNeeds() {
        Batch batch = batch(1, 40, 3, 70, 4, 5);
        assertThat(batch.width()).isEqualTo(97);
        Batch first = batch.share(0, 2);
        Batch second = batch.share(1, 2);
        assertThat(first.sources()).containsExactly(0, 2, 4);
        assertThat(second.sources()).containsExactly(1, 3);
        assertThat(first.width()).isEqualTo(97);
        assertThat(second.width()).isEqualTo(33);
        assertThat(second.lengths()).containsExactly(3, 4);
        assertThat(Arrays.copyOfRange(second.tokens(), 33, 38)).containsExactly(101, 102, 103, 104, 0);
        assertThat(first.targetCount() + second.targetCount()).isEqualTo(batch.targetCount());
        assertThat(batch.share(0, 1)).isSameAs(batch);
    }

    @Test
    void theAnswersOfAPreferenceStayTogether() {
        Batch batch = batch(2, 4, 5, 6, 7, 8, 9);
        assertThat(batch.share(1, 2).sources()).containsExactly(1, 1);
        assertThat(batch.share(1, 2).lengths()).containsExactly(6, 7);
        assertThat(batch.rowsOf(0, 2)).containsExactly(0, 1, 4, 5);
    }

    @Test
    void whoHasNoExampleLearnsNothing() {
        Batch batch = batch(2, 4, 5);
        assertThat(batch.rowsOf(1, 3)).isEmpty();
        Batch nothing = batch.share(1, 3);
        assertThat(nothing.rows()).isEqualTo(2);
        assertThat(nothing.targetCount()).isZero();
    }

    /** One batch of rows of these lengths. */
    private static Batch batch(int perExample, int... lengths) {
        List<TokenizedRow> rows = IntStream.of(lengths)
                .mapToObj(length -> TokenizedRow.after(
                        1, IntStream.rangeClosed(101, 100 + length).toArray()))
                .toList();
        TokenizedRows memory = TokenizedRows.of(rows);
        TokenizedRows examples = new TokenizedRows() {
            @Override
            public int size() {
                return memory.size();
            }

            @Override
            public int rowsPerExample() {
                return perExample;
            }

            @Override
            public TokenizedRow get(int index) {
                return memory.get(index);
            }
        };
        return BatchIterator.evaluation(examples, lengths.length, 1000, new NumpyRandom(0), -1)
                .next();
    }
}
