package org.mlxspring.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mlxspring.engine.files.FileKey;
import org.mlxspring.engine.files.Storage;

class TokenSegmentsTest {

    private static final TokenStore.Origin ORIGIN =
            new TokenStore.Origin("tokenizer", "template", "row", RowKeys.standard(), "support, version 3");
    private static final FileKey KEY = FileKey.random();

    @TempDir
    Path folder;

    static Stream<Storage> storages() {
        return Stream.of(Storage.plain(), Storage.sealed(KEY));
    }

    private TokenSegments segments(Storage storage) {
        return new TokenSegments(folder, storage);
    }

    /** Rows with ids from {@code first} to before {@code end}, of up to 300 tokens that tell the id. */
    private static List<EncodedRow> rows(long first, long end) {
        return LongStream.range(first, end)
                .mapToObj(id -> {
                    int[] tokens = new Random(id)
                            .ints(1 + id * 37 % 300, 0, 1000)
                            .map(token -> (int) (token + 1000 * id))
                            .toArray();
                    return new EncodedRow(id, List.of(TokenizedRow.after(1, tokens)), (int) (id % 3));
                })
                .toList();
    }

    private static void assertHolds(TokenizedRows rows, long... ids) {
        assertThat(IntStream.range(0, rows.size()).mapToLong(rows::id))
                .containsExactly(LongStream.of(ids).boxed().toArray(Long[]::new));
        for (int i = 0; i < ids.length; i++) {
            EncodedRow expected = rows(ids[i], ids[i] + 1).getFirst();
            assertThat(rows.get(i).tokens())
                    .isEqualTo(expected.rows().getFirst().tokens());
            assertThat(rows.targets(i)).isEqualTo(expected.rows().getFirst().targets());
            assertThat(rows.length(i)).isEqualTo(expected.rows().getFirst().tokens().length);
            assertThat(rows.keyCount(i)).isEqualTo(expected.keyCount());
        }
    }

    @ParameterizedTest
    @MethodSource("storages")
    void segmentsReadAsOne(Storage storage) {
        TokenSegments segments = segments(storage);
        assertThat(segments.count()).isZero();
        assertThat(segments.open().size()).isZero();

        segments.append(ORIGIN, rows(1, 500));
        segments.append(ORIGIN, rows(500, 501));
        segments.append(ORIGIN, rows(501, 1200));

        assertThat(segments.count()).isEqualTo(3);
        assertHolds(segments.open(), LongStream.range(1, 1200).toArray());
        assertThat(segments.segment(1).origin()).isEqualTo(ORIGIN);
    }

    @ParameterizedTest
    @MethodSource("storages")
    void rowsAreTakenOutOfTheirSegmentsOnly(Storage storage) throws IOException {
        TokenSegments segments = segments(storage);
        segments.append(ORIGIN, rows(1, 100));
        segments.append(ORIGIN, rows(100, 102));
        segments.append(ORIGIN, rows(102, 200));
        byte[] last = Files.readAllBytes(segments.folder().resolve("00000002.tokens"));

        assertThat(segments.without(Set.of(1L, 50L, 100L, 101L, 4711L))).isEqualTo(4);

        assertHolds(
                segments.open(),
                LongStream.range(2, 200)
                        .filter(id -> id != 50 && id != 100 && id != 101)
                        .toArray());
        assertThat(Files.readAllBytes(segments.folder().resolve("00000002.tokens")))
                .isEqualTo(last);
        assertThat(segments.without(Set.of(1L, 50L, 100L, 101L, 4711L))).isZero();
    }

    @Test
    void whatAKilledWriterLeftIsRemovedOnceItIsOld() throws IOException {
        TokenSegments segments = segments(Storage.sealed(KEY));
        segments.append(ORIGIN, rows(1, 3));
        Path old = Files.createFile(segments.folder().resolve("00000001.tokens.1.part"));
        Path young = Files.createFile(segments.folder().resolve("00000001.tokens.2.part"));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(3600)));
        // Listed, and gone when it is looked at: as one that its writer finishes meanwhile.
        Files.createSymbolicLink(segments.folder().resolve("00000002.tokens.3.part"), folder.resolve("finished"));

        segments.removeAbandoned();

        assertThat(old).doesNotExist();
        assertThat(young).exists();
        assertHolds(segments.open(), 1, 2);
    }

    @Test
    void aMissingSegmentAndAnotherKeyAreRefused() throws IOException {
        TokenSegments segments = segments(Storage.sealed(KEY));
        segments.append(ORIGIN, rows(1, 3));
        segments.append(ORIGIN, rows(3, 5));
        assertThatThrownBy(() -> segments(Storage.sealed(FileKey.random())).open())
                .isInstanceOf(DataException.class)
                .hasMessageContaining("00000000.tokens");
        assertThatThrownBy(() -> segments(Storage.plain()).open()).isInstanceOf(DataException.class);

        Files.delete(segments.folder().resolve("00000000.tokens"));
        assertThatThrownBy(segments::open).isInstanceOf(DataException.class).hasMessageContaining("00000000.tokens");
    }

    @Test
    void rowsBehindAMissingSegmentAreErasedAndNeverAddedTwice() throws IOException {
        TokenSegments segments = segments(Storage.sealed(KEY));
        segments.append(ORIGIN, rows(1, 3));
        segments.append(ORIGIN, rows(3, 5));
        segments.append(ORIGIN, rows(5, 7));
        Files.delete(folder.resolve("00000001.tokens"));

        assertThat(segments.without(Set.of(2L, 6L))).isEqualTo(2);
        assertHolds(segments.segment(2), 5);
        segments.removeBehindGap();

        assertHolds(segments.open(), 1);
        segments.append(ORIGIN, rows(3, 6));
        assertHolds(segments.open(), 1, 3, 4, 5);
    }

    @Test
    void nothingOfASealedSegmentIsReadable() throws IOException {
        int[] tokens = IntStream.range(0, 500).map(i -> 0x4B524E41).toArray();
        TokenSegments segments = segments(Storage.sealed(KEY));
        segments.append(ORIGIN, List.of(new EncodedRow(1, List.of(TokenizedRow.after(1, tokens)), 1)));
        assertThat(Files.readString(
                        segments.folder().resolve("00000000.tokens"), java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("ANRK")
                .doesNotContain("support");
    }
}
