package org.mlxspring.autoconfigure.source;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Records of a CSV file (RFC 4180) with a header; fields are separated by commas or, where the header is, by semicolons. */
final class CsvRows implements RawRows {

    private static final int LARGEST_FIELD = 4_000_000;

    private final String part;
    private final CsvReader<CsvRecord> reader;
    private final CloseableIterator<CsvRecord> records;
    private final List<String> header;
    private long line = 1;

    /** @param in what was found by {@link TextEncoding#utf8} to be UTF-8; closed with these rows */
    CsvRows(String part, InputStream in) throws IOException {
        this.part = part;
        try {
            HeaderFirst text = new HeaderFirst(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
            reader = CsvReader.builder()
                    .fieldSeparator(text.separator())
                    .allowExtraFields(true)
                    .allowMissingFields(true)
                    .build(
                            CsvRecordHandler.builder()
                                    .maxFieldSize(LARGEST_FIELD)
                                    .maxRecordSize(2 * LARGEST_FIELD)
                                    .build(),
                            text);
            records = reader.iterator();
            header = record()
                    .map(CsvRecord::getFields)
                    .orElseThrow(() -> new UnreadableSourceException(
                            TextEncoding.named(part) + " is empty; its first line must name the columns."));
        } catch (CharacterCodingException e) {
            throw notUtf8();
        }
        if (new HashSet<>(header).size() < header.size()) {
            throw new UnreadableSourceException(TextEncoding.named(part)
                    + " has two columns of the same name in its first line; name each differently.");
        }
    }

    @Override
    public Optional<RawRow> next() {
        return record().map(this::row);
    }

    private RawRow row(CsvRecord csv) {
        Place place = new Place(part, csv.getStartingLineNumber());
        if (csv.getFieldCount() != header.size()) {
            return new RawRow.Unreadable(
                    place,
                    "has " + csv.getFieldCount() + " fields, and the header " + header.size()
                            + "; put a field with a separator or a line break in double quotes",
                    String.join(",", csv.getFields()).getBytes(StandardCharsets.UTF_8));
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 0; i < header.size(); i++) {
            values.put(header.get(i), csv.getField(i));
        }
        return new RawRow.Fields(place, values, RowMarks.NONE);
    }

    private Optional<CsvRecord> record() {
        try {
            if (!records.hasNext()) {
                return Optional.empty();
            }
            CsvRecord csv = records.next();
            line = csv.getStartingLineNumber();
            return Optional.of(csv);
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof CharacterCodingException) {
                throw notUtf8();
            }
            throw e;
        } catch (CsvParseException e) {
            // Its own message can hold a part of the field.
            throw new UnreadableSourceException(TextEncoding.named(part) + " is no CSV behind line " + line
                    + ": a field is larger than " + LARGEST_FIELD + " characters, or a double quote is not closed.");
        }
    }

    private UnreadableSourceException notUtf8() {
        return new UnreadableSourceException(TextEncoding.named(part) + " is not UTF-8 behind line " + line
                + "; save it in the encoding UTF-8 and send it again.");
    }

    @Override
    public void close() throws IOException {
        records.close();
        reader.close();
    }
}
