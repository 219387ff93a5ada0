package org.mlxspring.autoconfigure.source;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.mlxspring.autoconfigure.batch.FailurePlace;
import org.mlxspring.autoconfigure.dataset.NewRow;
import org.mlxspring.autoconfigure.dataset.RowIntake;
import org.mlxspring.autoconfigure.dataset.RowJson;
import org.mlxspring.autoconfigure.dataset.RowKind;
import org.mlxspring.engine.data.PreferenceRow;
import org.mlxspring.engine.data.Row;
import org.mlxspring.engine.data.RowObject;
import org.mlxspring.engine.data.RowParser;
import org.mlxspring.engine.data.RowRefusal;
import org.mlxspring.engine.data.Split;

/**
 * Parses, normalizes and redacts a row before anything of it is stored: only the keys of its format are left. Safe for
 * several threads.
 */
final class RowPreparation {

    /** Most bytes that are kept of a refused row. */
    private static final int KEPT = 100_000;

    private static final int LONGEST_KEY = 1_000;

    private final ColumnMapping columns;
    private final Map<String, Split> splits;
    private final UnaryOperator<Map<String, Object>> redaction;
    private final boolean keepOriginal;

    /**
     * @param columns where to find what in the source's rows
     * @param splits the split of whole parts of the source, by their names; under the empty name that of all
     * @param redaction replaces personal data and secrets in a row
     * @param keepOriginal whether the row before its redaction goes along, where they differ
     */
    RowPreparation(
            ColumnMapping columns,
            Map<String, Split> splits,
            UnaryOperator<Map<String, Object>> redaction,
            boolean keepOriginal) {
        this.columns = columns;
        this.splits = splits;
        this.redaction = redaction;
        this.keepOriginal = keepOriginal;
    }

    PreparedRow prepare(RawRow raw) {
        try {
            return usableOrRefused(raw);
        } catch (RuntimeException e) {
            // A detector of the application, for example; its message can hold text of the row.
            throw new UnreadableSourceException(TextEncoding.named(raw.place().part()) + ", line "
                    + raw.place().number() + ", could not be prepared: " + FailurePlace.of(e) + ".");
        }
    }

    private PreparedRow usableOrRefused(RawRow raw) {
        try {
            return switch (raw) {
                case RawRow.Unreadable(Place place, String reason, byte[] text) ->
                    new PreparedRow.Refused(place, reason, Optional.empty(), cut(text));
                case RawRow.Line(Place place, byte[] utf8) -> usable(place, RowParser.object(utf8), RowMarks.NONE);
                case RawRow.Fields(Place place, Map<String, @Nullable Object> values, RowMarks marks) ->
                    usable(place, values, marks);
            };
        } catch (RowRefusal e) {
            return new PreparedRow.Refused(raw.place(), e.reason(), subjectOf(raw), textOf(raw));
        }
    }

    private PreparedRow usable(Place place, Map<String, @Nullable Object> values, RowMarks given) throws RowRefusal {
        ColumnMapping.Marks mapped = columns.marks(values);
        Row row = RowParser.row(columns.row(values));
        Map<String, Object> object = RowObject.of(row);
        String before = RowJson.write(object);
        String json = RowJson.write(redaction.apply(object));
        if (size(json) > RowIntake.LARGEST || size(before) > RowIntake.LARGEST) {
            throw new RowRefusal("is larger than " + RowIntake.LARGEST + " bytes; cut it into several rows");
        }
        RowMarks marks = new RowMarks(
                given.key().or(mapped::key), given.subject().or(mapped::subject), split(place, given, mapped));
        requireShort("id", marks.key());
        requireShort("subject", marks.subject());
        return new PreparedRow.Usable(
                place,
                new NewRow(
                        json,
                        row instanceof PreferenceRow ? RowKind.PREFERENCE : RowKind.ANSWER,
                        marks.split(),
                        marks.key(),
                        marks.subject(),
                        keepOriginal && !before.equals(json) ? Optional.of(before) : Optional.empty()));
    }

    private static int size(String json) {
        return json.getBytes(StandardCharsets.UTF_8).length;
    }

    private Optional<Split> split(Place place, RowMarks given, ColumnMapping.Marks mapped) throws RowRefusal {
        if (given.split().isPresent()) {
            return given.split();
        }
        if (mapped.split().isPresent()) {
            Optional<Split> split = ColumnMapping.split(mapped.split().get());
            if (split.isEmpty()) {
                throw new RowRefusal("has a split that is none of train, valid and test");
            }
            return split;
        }
        return Optional.ofNullable(splits.getOrDefault(place.part(), splits.get("")));
    }

    private static void requireShort(String what, Optional<String> value) throws RowRefusal {
        if (value.isPresent() && value.get().length() > LONGEST_KEY) {
            throw new RowRefusal("has a value for " + what + " of more than " + LONGEST_KEY + " characters");
        }
    }

    private Optional<String> subjectOf(RawRow raw) {
        try {
            return switch (raw) {
                case RawRow.Line(Place place, byte[] utf8) ->
                    columns.marks(RowParser.object(utf8)).subject();
                case RawRow.Fields(Place place, Map<String, @Nullable Object> values, RowMarks marks) ->
                    marks.subject().or(() -> columns.marks(values).subject());
                case RawRow.Unreadable unreadable -> Optional.empty();
            };
        } catch (RowRefusal e) {
            return Optional.empty();
        }
    }

    private static byte[] textOf(RawRow raw) {
        return cut(
                switch (raw) {
                    case RawRow.Line(Place place, byte[] utf8) -> utf8;
                    case RawRow.Fields(Place place, Map<String, @Nullable Object> values, RowMarks marks) ->
                        RowJson.write(values).getBytes(StandardCharsets.UTF_8);
                    case RawRow.Unreadable(Place place, String reason, byte[] text) -> text;
                });
    }

    private static byte[] cut(byte[] text) {
        return text.length > KEPT ? Arrays.copyOf(text, KEPT) : text;
    }
}
