package org.mlxspring.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenStoreTest {

    private static final TokenStore.Origin ORIGIN =
            new TokenStore.Origin("tokenizer", "template", "prompt", RowKeys.standard(), "source");

    @TempDir
    Path folder;

    private Path place;

    @BeforeEach
    void choosePlace() {
        place = folder.resolve("train.tokens");
    }

    private TokenStore written(List<TokenizedRow> rows) {
        try (var writer = new TokenStore.Writer(place, ORIGIN)) {
            for (int i = 0; i < rows.size(); i++) {
                writer.add(1_000L * Integer.MAX_VALUE + i, rows.get(i), i % 3);
            }
            return writer.finish();
        }
    }

    private static List<TokenizedRow> rows(int count) {
        var random = new Random(count);
        List<TokenizedRow> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int[] spans = random.ints(2 * random.nextInt(4), 1, 200)
                    .distinct()
                    .sorted()
                    .toArray();
            rows.add(new TokenizedRow(
                    random.ints(random.nextInt(200), 0, 150_000).toArray(),
                    Arrays.copyOf(spans, spans.length / 2 * 2)));
        }
        return rows;
    }

    @Test
    void rowsComeBackAsTheyWereWritten() {
        for (int count : new int[] {0, 1, 2, 5000}) {
            List<TokenizedRow> rows = rows(count);
            TokenStore store = written(rows);
            assertThat(store.size()).isEqualTo(count);
            assertThat(store.origin()).isEqualTo(ORIGIN);
            assertThat(store.tokens())
                    .isEqualTo(
                            rows.stream().mapToLong(row -> row.tokens().length).sum());
            for (int i = 0; i < count; i++) {
                assertThat(store.get(i).tokens()).isEqualTo(rows.get(i).tokens());
                assertThat(store.get(i).targets()).isEqualTo(rows.get(i).targets());
                assertThat(store.targets(i)).isEqualTo(rows.get(i).targets());
                assertThat(store.length(i)).isEqualTo(rows.get(i).tokens().length);
                assertThat(store.keyCount(i)).isEqualTo(i % 3);
            }
            assertThatThrownBy(() -> store.get(count)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void nothingHalfWrittenStays() {
        try (var writer = new TokenStore.Writer(place, ORIGIN)) {
            writer.add(1, TokenizedRow.after(0, new int[] {1}), 1);
        }
        assertThat(folder).isEmptyDirectory();
        written(rows(3));
        assertThat(folder).isDirectoryContaining(path -> path.equals(place));
        assertThat(folder.toFile().list()).hasSize(1);
    }

    /** Too little for the beginning, for the rows, for their end. */
    @ParameterizedTest
    @ValueSource(ints = {0, 500_000, 2_000_000})
    void nothingStaysOnADiskThatIsFull(int room) {
        List<TokenizedRow> rows = rows(5000);
        assertThatThrownBy(() -> {
                    try (var writer = new TokenStore.Writer(place, ORIGIN, new SmallDisk(room))) {
                        for (int i = 0; i < rows.size(); i++) {
                            writer.add(i, rows.get(i), 1);
                        }
                        writer.finish();
                    }
                })
                .isInstanceOf(DataException.class)
                .hasMessageContaining("the disk must have room")
                .hasCauseInstanceOf(IOException.class);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void anyDamageIsNoticed() throws Exception {
        written(rows(20));
        byte[] whole = Files.readAllBytes(place);
        for (int position = 16; position < whole.length; position += 97) {
            byte[] damaged = whole.clone();
            damaged[position] ^= 1;
            Files.write(place, damaged);
            assertThatThrownBy(() -> TokenStore.open(place))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("is damaged");
        }
        for (int length = 0; length < whole.length; length += 61) {
            Files.write(place, java.util.Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> TokenStore.open(place)).isInstanceOf(DataException.class);
        }
    }

    @Test
    void anotherFileOrVersionIsNamed() throws Exception {
        Files.writeString(place, "something else that is long enough to be looked at");
        assertThatThrownBy(() -> TokenStore.open(place)).hasMessageContaining("is not a token store");
        written(rows(1));
        byte[] whole = Files.readAllBytes(place);
        whole[8] = 9;
        Files.write(place, whole);
        assertThatThrownBy(() -> TokenStore.open(place)).hasMessageContaining("format version 9");
    }

    @Test
    void whatDiffersIsSaid() {
        written(rows(1));
        var other = new TokenStore.Origin("tokenizer", "changed", "prompt", new RowKeys("a", "b", "c", "d"), "changed");
        assertThatThrownBy(() -> TokenStore.open(place, other))
                .hasMessageContaining("the chat template, the names of the keys, the rows changed");
        assertThat(TokenStore.openIfMadeFrom(place, other)).isEmpty();
        assertThat(TokenStore.openIfMadeFrom(place, ORIGIN)).isPresent();
    }
}
