package org.mlxspring.autoconfigure.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.mlxspring.engine.data.DataException;
import org.mlxspring.engine.data.RowException;
import org.mlxspring.engine.data.RowKeys;
import org.mlxspring.engine.data.RowReader;
import org.mlxspring.engine.data.Split;

/** Reads every row once before anything is stored, and reports the first bad ones together. */
final class RowCheck {

    private static final int LIMIT = 20;

    private RowCheck() {}

    /** @throws ProblemException listing up to 20 bad rows by file, line and reason; no text of a row is in it */
    static void check(Map<Split, Path> files) {
        List<Map<String, Object>> bad = new ArrayList<>();
        files.forEach((split, file) -> {
            for (RowException row : badRows(split, file, LIMIT - bad.size())) {
                Map<String, Object> entry = new LinkedHashMap<>();
                entry.put("file", split.fileName());
                entry.put("line", row.line());
                entry.put("reason", row.reason());
                bad.add(entry);
            }
        });
        if (!bad.isEmpty()) {
            throw problem(bad);
        }
    }

    private static List<RowException> badRows(Split split, Path file, int limit) {
        if (limit == 0) {
            return List.of();
        }
        try {
            return RowReader.check(file, RowKeys.standard(), limit);
        } catch (DataException e) {
            String reason = String.valueOf(e.getMessage()).replace(file.toString(), split.fileName());
            throw ProblemException.invalid("Unreadable file", reason, Map.of("file", split.fileName()));
        }
    }

    private static ProblemException problem(List<Map<String, Object>> bad) {
        Map<String, Object> first = bad.getFirst();
        String count =
                bad.size() == 1 ? "One row is" : bad.size() + (bad.size() == LIMIT ? " or more" : "") + " rows are";
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("file", first.get("file"));
        fields.put("line", first.get("line"));
        fields.put("rows", bad);
        return ProblemException.invalid(
                "Bad rows",
                count + " wrong and nothing was stored. " + first.get("file") + ", line " + first.get("line") + ": "
                        + first.get("reason"),
                fields);
    }
}
