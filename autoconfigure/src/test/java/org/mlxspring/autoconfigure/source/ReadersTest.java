package org.mlxspring.autoconfigure.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlxspring.engine.data.Split;

/** Files of every format, good and bad, up to the rows that would be stored. */
class ReadersTest {

    private static final ZipLimits LIMITS = new ZipLimits(1_000_000, 100);

    @TempDir
    Path folder;

    @Test
    void linesMayEndInAnyWayAndBlankOnesArePassedOver() throws IOException {
        List<PreparedRow> rows =
                rows(SourceFormat.JSON_LINES, "\uFEFF{\"text\":\"a\"}\r\n\n  \n{\"text\":\"b\"}\r{\"text\":\"c\"}");
        assertThat(rows)
                .extracting(ReadersTest::json)
                .containsExactly("{\"text\":\"a\"}", "{\"text\":\"b\"}", "{\"text\":\"c\"}");
        assertThat(rows.getLast()).extracting("place").isEqualTo(new Place("", 5));
    }

    @Test
    void badLinesAreRefusedByTheirNumbersAndOthersGoOn() throws IOException {
        List<PreparedRow> rows = rows(
                SourceFormat.JSON_LINES,
                "{\"text\":\"a\"}\n{oops\n[1]\n{\"text\":\"t\",\"prompt\":\"p\",\"completion\":\"c\"}\n{\"a\":1}\n");
        assertThat(refused(rows))
                .containsExactly(
                        "2: is not JSON, see its column 2; each line must hold one whole object",
                        "3: is not a JSON object; each line must hold one object, in braces",
                        "4: has the keys of more than one format: \"prompt\" and \"completion\", \"text\"; keep those of one",
                        "5: has no key of a row; it needs \"messages\", or \"prompt\" and \"completion\", or \"text\", and has \"a\"");
    }

    @Test
    void csvHasAHeaderQuotesAndItsOwnSeparator() throws IOException {
        String csv = "Question;Answer;Nr\n\"a;\nb\";\"say \"\"hi\"\"\";7\nonly one\nx;y;8\n";
        List<PreparedRow> rows = prepared(
                SourceFormat.CSV.open("", stream(csv), LIMITS),
                new ColumnMapping(Map.of("prompt", "Question", "completion", "Answer", "id", "Nr")));
        assertThat(json(rows.get(0))).isEqualTo("{\"prompt\":\"a;\\nb\",\"completion\":\"say \\\"hi\\\"\"}");
        assertThat(((PreparedRow.Usable) rows.get(0)).row().key()).contains("7");
        assertThat(refused(rows))
                .containsExactly("4: has 1 fields, and the header 3; put a field with a separator or a line break in"
                        + " double quotes");
        assertThat(json(rows.get(2))).isEqualTo("{\"prompt\":\"x\",\"completion\":\"y\"}");
    }

    @Test
    void messagesOfACsvAreJson() throws IOException {
        String csv = "messages,split,subject\n"
                + "\"[{\"\"role\"\":\"\"user\"\",\"\"content\"\":\"\"u\"\"}]\",valid,c1\nno json,train,c2\n\"[]\",dev,c3\n";
        List<PreparedRow> rows = prepared(
                SourceFormat.CSV.open("", stream(csv), LIMITS),
                new ColumnMapping(Map.of("split", "split", "subject", "subject")));
        assertThat(json(rows.getFirst())).isEqualTo("{\"messages\":[{\"role\":\"user\",\"content\":\"u\"}]}");
        assertThat(((PreparedRow.Usable) rows.getFirst()).row().split()).contains(Split.VALID);
        assertThat(refused(rows)).hasSize(2);
        assertThat(((PreparedRow.Refused) rows.get(1)).subject()).contains("c2");
    }

    @Test
    void whatIsNotUtf8IsNamed() {
        for (SourceFormat format : List.of(SourceFormat.JSON_LINES, SourceFormat.CSV, SourceFormat.TEXT)) {
            assertUnreadable(format, "{\"text\":\"ä\"}".getBytes(StandardCharsets.UTF_16), "UTF-8");
        }
        assertUnreadable(SourceFormat.CSV, "text\nM\u00fcller\n".getBytes(StandardCharsets.ISO_8859_1), "UTF-8");
        assertUnreadable(SourceFormat.JSON_LINES, zip(Map.of("a.jsonl", "{}")), "application/zip");
    }

    @Test
    void longDocumentsAreCutWhereSectionsEnd() throws IOException {
        String section = "# Heading\n\n" + "A sentence of the manual. ".repeat(150) + "\n\n";
        List<PreparedRow> rows = rows(SourceFormat.MARKDOWN, section.repeat(4));
        assertThat(rows).hasSize(4).allSatisfy(row -> assertThat(json(row)).startsWith("{\"text\":\"# Heading"));
        assertThat(rows(SourceFormat.TEXT, "short")).hasSize(1);
        assertThat(rows(SourceFormat.TEXT, "  \n")).isEmpty();
        List<String> cut = Sections.of("word ".repeat(5_000), false);
        assertThat(cut).hasSize(5).allSatisfy(piece -> assertThat(piece.length())
                .isLessThanOrEqualTo(Sections.LONGEST));
        assertThat(String.join(" ", cut)).isEqualTo("word ".repeat(5_000).strip());
    }

    @Test
    void aZipIsReadFileByFile() throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("docs/deep/a.md", "A");
        files.put("rows.jsonl", "{\"text\":\"b\"}\n{oops\n");
        files.put("__MACOSX/._a.md", "x");
        files.put(".hidden.txt", "x");
        files.put("picture.png", "x");
        files.put("inner.zip", "x");
        files.put("c.csv", "text\nc\n");
        List<PreparedRow> rows = prepared(
                SourceFormat.ZIP.open("", new ByteArrayInputStream(zip(files)), LIMITS), new ColumnMapping(Map.of()));
        assertThat(rows.stream().filter(PreparedRow.Usable.class::isInstance).map(ReadersTest::json))
                .containsExactly("{\"text\":\"A\"}", "{\"text\":\"b\"}", "{\"text\":\"c\"}");
        assertThat(rows.stream()
                        .filter(PreparedRow.Refused.class::isInstance)
                        .map(row -> ((PreparedRow.Refused) row).place().part()))
                .containsExactly("file 2", "file 3", "file 4");
    }

    @Test
    void aZipThatWantsToDoHarmIsRefused() {
        assertUnreadable(SourceFormat.ZIP, zip(Map.of("../../etc/a.txt", "x")), "outside of its own folder");
        assertUnreadable(SourceFormat.ZIP, zip(Map.of("/a.txt", "x")), "outside of its own folder");
        assertUnreadable(SourceFormat.ZIP, zip(Map.of("..\\a.txt", "x")), "outside of its own folder");
        assertUnreadable(SourceFormat.ZIP, zip(Map.of("bomb.txt", "0".repeat(3_000_000))), "unpacks to more than");
        assertUnreadable(SourceFormat.ZIP, "no zip at all".getBytes(StandardCharsets.UTF_8), "no zip");
        byte[] cut = zip(Map.of("a.txt", "x".repeat(1000)));
        assertUnreadable(SourceFormat.ZIP, Arrays.copyOf(cut, 40), "damaged");
    }

    @Test
    void aFolderIsReadInTheOrderOfNamesAndNotLeft() throws IOException {
        Files.createDirectories(folder.resolve("in/sub"));
        Files.writeString(folder.resolve("in/b.jsonl"), "{\"text\":\"b\"}\n");
        Files.writeString(folder.resolve("in/sub/c.txt"), "c");
        Files.writeString(folder.resolve("in/a.md"), "a");
        Files.writeString(folder.resolve("secret.txt"), "secret");
        Files.createSymbolicLink(folder.resolve("in/z.txt"), folder.resolve("secret.txt"));
        List<PreparedRow> rows =
                prepared(new FolderRows("docs", folder.resolve("in"), LIMITS), new ColumnMapping(Map.of()));
        assertThat(rows.stream().limit(3))
                .extracting(ReadersTest::json)
                .containsExactly("{\"text\":\"a\"}", "{\"text\":\"b\"}", "{\"text\":\"c\"}");
        assertThat(refused(rows)).containsExactly("1: is a link that leads out of the folder");
    }

    @Test
    void limitsOfRefusedRowsAreNumbersOrShares() {
        assertThat(new SkipLimit("0.1%").exceeded(1, 1_000)).isFalse();
        assertThat(new SkipLimit("0.1%").exceeded(1, 999)).isTrue();
        assertThat(new SkipLimit("0.1%").exceededBefore(1, 1)).isFalse();
        assertThat(new SkipLimit("3").exceeded(3, 3)).isFalse();
        assertThat(new SkipLimit("3").exceededBefore(4, 9)).isTrue();
        for (String wrong : List.of("", "x", "101%", "-1", "1.5", "%")) {
            assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> new SkipLimit(wrong));
        }
    }

    private static void assertUnreadable(SourceFormat format, byte[] bytes, String why) {
        assertThatExceptionOfType(UnreadableSourceException.class)
                .isThrownBy(() ->
                        prepared(format.open("", new ByteArrayInputStream(bytes), LIMITS), new ColumnMapping(Map.of())))
                .withMessageContaining(why);
    }

    private static List<PreparedRow> rows(SourceFormat format, String content) throws IOException {
        return prepared(format.open("", stream(content), LIMITS), new ColumnMapping(Map.of()));
    }

    private static List<PreparedRow> prepared(RawRows rows, ColumnMapping columns) throws IOException {
        RowPreparation preparation = new RowPreparation(columns, Map.of(), UnaryOperator.identity(), false);
        List<PreparedRow> all = new ArrayList<>();
        try (rows) {
            for (Optional<RawRow> row = rows.next(); row.isPresent(); row = rows.next()) {
                all.add(preparation.prepare(row.get()));
            }
        }
        return all;
    }

    private static String json(PreparedRow row) {
        return ((PreparedRow.Usable) row).row().json();
    }

    private static List<String> refused(List<PreparedRow> rows) {
        return rows.stream()
                .filter(PreparedRow.Refused.class::isInstance)
                .map(PreparedRow.Refused.class::cast)
                .map(row -> row.place().number() + ": " + row.reason())
                .toList();
    }

    private static ByteArrayInputStream stream(String content) {
        return new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] zip(Map<String, String> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
