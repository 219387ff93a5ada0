package org.mlxspring.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlxspring.engine.files.FileKey;
import org.mlxspring.engine.files.Storage;
import org.mlxspring.engine.text.Tokenizer;

class PreparedFolderTest {

    @TempDir
    Path folder;

    private Tokenizer tokenizer;
    private RowTokenizer rows;
    private PreparedFolder prepared;

    /** Three rows to train on in two segments, and one to validate on. */
    @BeforeEach
    void prepare() throws Exception {
        tokenizer = Tokenizer.load(Golden.tokenizer("pieces"));
        rows = new RowTokenizer(tokenizer, LossMask.ROW);
        prepared = new PreparedFolder(folder, Storage.sealed(FileKey.random()));
        add(Split.TRAIN, rows, "support", 1, 2);
        add(Split.TRAIN, rows, "support", 3);
        add(Split.VALID, rows, "support", 4);
    }

    @AfterEach
    void close() {
        tokenizer.close();
    }

    private void add(Split split, RowTokenizer tokenizer, String source, long... ids) {
        List<EncodedRow> segment = LongStream.of(ids)
                .mapToObj(id -> new EncodedRow(id, List.of(TokenizedRow.after(1, new int[] {1, 2, 3})), 1))
                .toList();
        prepared.segments(split).append(tokenizer.origin(RowKeys.standard(), source), segment);
    }

    private void refused(String reason) {
        assertThat(prepared.isComplete()).isFalse();
        assertThatThrownBy(() -> prepared.rows(Split.TRAIN, rows))
                .isInstanceOf(DataException.class)
                .hasMessage(folder + " " + reason + "; prepare the dataset again");
    }

    @Test
    void aCompleteOneHasTheRowsOfItsSplits() {
        prepared.complete();

        assertThat(prepared.isComplete()).isTrue();
        assertThat(prepared.rows(Split.TRAIN, rows).orElseThrow().size()).isEqualTo(3);
        assertThat(prepared.rows(Split.VALID, rows).orElseThrow().size()).isEqualTo(1);
        assertThat(prepared.rows(Split.TEST, rows)).isEmpty();
    }

    @Test
    void oneThatDidNotComeToItsEndIsRefused() {
        refused("has no segments.json, so its preparation did not come to its end");
    }

    @Test
    void aLostLastSegmentAndALostSplitAreNoticed() throws IOException {
        prepared.complete();
        Path last = folder.resolve("train").resolve("00000001.tokens");
        Files.move(last, folder.resolve("kept"));
        refused("has 1 segments of the split train and not 2");

        Files.move(folder.resolve("kept"), last);
        Files.move(folder.resolve("valid"), folder.resolve("elsewhere"));
        refused("has 0 segments of the split valid and not 1");
    }

    @Test
    void aDamagedCountIsNoticed() throws IOException {
        prepared.complete();
        Files.writeString(folder.resolve("segments.json"), "{\"train\": 2");
        refused("has a segments.json that cannot be read");
    }

    @Test
    void anySegmentOfOtherRowsOrAnotherMaskIsRefused() {
        add(Split.TRAIN, rows, "sales", 5);
        add(Split.VALID, new RowTokenizer(tokenizer, LossMask.PROMPT), "support", 6);
        prepared.complete();

        assertThatThrownBy(() -> prepared.rows(Split.TRAIN, rows))
                .isInstanceOf(DataException.class)
                .hasMessage("The rows in " + folder.resolve("train")
                        + " were made from something else: the rows changed; prepare the dataset again");
        assertThatThrownBy(() -> prepared.rows(Split.VALID, rows))
                .hasMessageContaining("what is learned (prompt there, row now) changed");
    }
}
