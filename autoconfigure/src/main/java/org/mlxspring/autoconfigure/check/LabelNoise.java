package org.mlxspring.autoconfigure.check;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Finds rows whose prompt has another answer in a row before them, or whose preference is told the other way round there. */
final class LabelNoise {

    private final ComparedRows rows;

    LabelNoise(ComparedRows rows) {
        this.rows = rows;
    }

    void find(Consumer<CheckFinding> sink) {
        SameKey.groups(rows.size(), rows::prompt, group -> {
            Map<Long, Integer> first = new HashMap<>();
            for (int row : group) {
                int other = first.computeIfAbsent(rows.prompt(row), prompt -> row);
                if (rows.answer(other) != rows.answer(row)) {
                    sink.accept(CheckFinding.of(
                            CheckName.LABEL_NOISE,
                            rows.id(row),
                            rows.id(other),
                            "same prompt, different answer; " + rows.splitName(row) + " and " + rows.splitName(other)));
                }
            }
        });
    }
}
