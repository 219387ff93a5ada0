package org.mlxspring.autoconfigure.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mlxspring.autoconfigure.dataset.RowJson;
import org.mlxspring.engine.data.RowParser;
import org.mlxspring.engine.data.RowRefusal;
import org.mlxspring.engine.data.Split;

/** Rows for tests of the checks. */
final class Rows {

    private Rows() {}

    static CheckedRow row(long id, String json) {
        return row(id, Split.TRAIN, json);
    }

    static CheckedRow row(long id, Split split, String json) {
        Map<String, Object> object = RowJson.read(json);
        try {
            return new CheckedRow(id, split, json, object, RowParser.row(object));
        } catch (RowRefusal e) {
            throw new IllegalArgumentException(e.reason(), e);
        }
    }

    /** A conversation of turns such as {@code user:hello}. */
    static CheckedRow chat(String... turns) {
        List<Map<String, Object>> messages = new ArrayList<>();
        for (String turn : turns) {
            String[] parts = turn.split(":", 2);
            messages.add(
                    parts[0].equals("call")
                            ? Map.of(
                                    "role",
                                    "assistant",
                                    "content",
                                    parts[1],
                                    "tool_calls",
                                    List.of(Map.of("function", Map.of("name", "find", "arguments", Map.of()))))
                            : Map.of("role", parts[0], "content", parts[1]));
        }
        return row(1, RowJson.write(Map.of("messages", messages)));
    }

    /** What a check says of a row. */
    static List<CheckFinding> findings(RowCheck check, CheckedRow row) {
        List<CheckFinding> findings = new ArrayList<>();
        check.check(row, findings::add);
        return findings;
    }
}
