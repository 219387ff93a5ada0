package org.mlxspring.autoconfigure.source;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mlxspring.engine.data.RowParser;
import org.mlxspring.engine.data.RowRefusal;
import org.mlxspring.engine.data.Split;

/**
 * Which columns of a source, or keys of its JSON, hold what of a row. A row's own keys are found under their own names
 * unless one of them is mapped: then only those that are mapped are read.
 *
 * @param columns name of a column by what it holds, one of {@link #KNOWN}
 */
record ColumnMapping(Map<String, String> columns) {

    private static final List<String> OF_FORMATS =
            List.of("prompt", "completion", "text", "messages", "tools", "chosen", "rejected");
    private static final List<String> BESIDES = List.of("id", "subject", "split");

    /** Values that are JSON where they come as text. */
    private static final List<String> JSON = List.of("messages", "tools");

    /** What can be mapped. */
    static final List<String> KNOWN = Stream.concat(OF_FORMATS.stream(), BESIDES.stream())
            .toList();

    /** @throws IllegalArgumentException if something else is mapped, or to nothing */
    ColumnMapping {
        columns = new TreeMap<>(columns);
        columns.forEach((key, column) -> {
            if (!KNOWN.contains(key) || column.isBlank()) {
                throw new IllegalArgumentException("columns maps '" + key + "' to '" + column
                        + "'; it must map some of " + String.join(", ", KNOWN) + " to the name of a column.");
            }
        });
    }

    /**
     * The mapping of a query parameter such as {@code prompt:question,completion:answer,id:ticket}.
     *
     * @throws IllegalArgumentException if it is none
     */
    static ColumnMapping parse(String parameter) {
        Map<String, String> columns = new LinkedHashMap<>();
        Arrays.stream(parameter.split(",")).filter(each -> !each.isBlank()).forEach(each -> {
            String[] sides = each.split(":", 2);
            columns.put(sides[0].strip(), sides.length == 2 ? sides[1].strip() : "");
        });
        return new ColumnMapping(columns);
    }

    /**
     * The object that the row's format is looked for in.
     *
     * @throws RowRefusal if a value that must be JSON is none
     */
    Map<String, @Nullable Object> row(Map<String, @Nullable Object> values) throws RowRefusal {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        if (OF_FORMATS.stream().noneMatch(columns::containsKey)) {
            row.putAll(values);
        }
        for (String key : OF_FORMATS) {
            @Nullable String column = columns.get(key);
            if (column != null && values.containsKey(column)) {
                row.put(key, values.get(column));
            }
        }
        for (String key : JSON) {
            if (row.get(key) instanceof String text) {
                row.put(key, text.isBlank() ? null : json(key, text));
            }
        }
        return row;
    }

    /** What the columns say of the row besides. */
    Marks marks(Map<String, @Nullable Object> values) {
        return new Marks(value("id", values), value("subject", values), value("split", values));
    }

    /**
     * @param key its id in the source
     * @param subject what it is about
     * @param split the split as it was written
     */
    record Marks(Optional<String> key, Optional<String> subject, Optional<String> split) {}

    /** The split of a name, whatever its case. */
    static Optional<Split> split(String name) {
        return Arrays.stream(Split.values())
                .filter(split -> split.name().equalsIgnoreCase(name))
                .findFirst();
    }

    private Optional<String> value(String key, Map<String, @Nullable Object> values) {
        return Optional.ofNullable(columns.get(key))
                .map(values::get)
                .map(String::valueOf)
                .filter(value -> !value.isBlank());
    }

    private static @Nullable Object json(String key, String text) throws RowRefusal {
        byte[] object = ("{\"value\":" + text + "}").getBytes(StandardCharsets.UTF_8);
        try {
            return RowParser.object(object).get("value");
        } catch (RowRefusal e) {
            throw new RowRefusal("has " + "\"" + key + "\" that is no JSON; it must be a list, as JSON writes it");
        }
    }
}
