package org.mlxspring.autoconfigure.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.mlxspring.engine.data.Split;

/** Rows as the tests bring them in. */
final class TestRows {

    private TestRows() {}

    static NewRow row(String prompt) {
        return row(prompt, Optional.empty(), Optional.empty());
    }

    static NewRow row(String prompt, Split split) {
        return row(prompt, Optional.of(split), Optional.empty());
    }

    static NewRow keyed(String key, String prompt) {
        return row(prompt, Optional.empty(), Optional.of(key));
    }

    /** Rows with the prompts {@code prefix from} to {@code prefix to}, without the last. */
    static List<NewRow> rows(String prefix, int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> row(prefix + " " + i)).toList();
    }

    @SafeVarargs
    static List<NewRow> all(List<NewRow>... lists) {
        return Stream.of(lists).flatMap(List::stream).toList();
    }

    /** Prompts of all rows of a version by split, in order. */
    static Map<Split, List<String>> prompts(DatasetRows rows, DatasetVersion version) {
        Map<Split, List<String>> prompts = new java.util.EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            List<String> found = new ArrayList<>();
            long last = 0;
            for (List<StoredRow> page = rows.page(version.id(), split, last, 7);
                    !page.isEmpty();
                    page = rows.page(version.id(), split, last, 7)) {
                page.forEach(
                        row -> found.add(String.valueOf(RowJson.read(row.json()).get("prompt"))));
                last = page.getLast().id();
            }
            prompts.put(split, found);
        }
        return prompts;
    }

    private static NewRow row(String prompt, Optional<Split> split, Optional<String> key) {
        return new NewRow(
                RowJson.write(Map.of("prompt", prompt)).replace("}", ",\"completion\":\"c\"}"),
                RowKind.ANSWER,
                split,
                key,
                Optional.empty(),
                Optional.empty());
    }
}
