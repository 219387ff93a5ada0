package org.mlxspring.autoconfigure.dataset;

import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.mlxspring.engine.data.Split;
import org.springframework.jdbc.core.JdbcTemplate;

/** Where few rows leave a split empty, one of the largest split moves there, always the same one of the same rows. */
final class EmptySplits {

    private final JdbcTemplate jdbc;
    private final VersionContent content;

    EmptySplits(JdbcTemplate jdbc, VersionContent content) {
        this.jdbc = jdbc;
        this.content = content;
    }

    /**
     * Fills the drawn splits of the version that is being made.
     *
     * @return rows of each split after that
     */
    Map<Split, Integer> fill(Turn turn) {
        Map<Split, Integer> counts = content.counts(turn.datasetId(), turn.version());
        if (turn.drawn().isEmpty()) {
            return counts;
        }
        Set<Split> drawn = EnumSet.of(Split.TRAIN);
        drawn.addAll(turn.drawn());
        for (Split split : drawn) {
            Split largest = Collections.max(drawn, Comparator.comparing(counts::get));
            if (counts.get(split) == 0 && counts.get(largest) > 1) {
                move(turn, largest, split);
                counts.put(split, 1);
                counts.merge(largest, -1, Integer::sum);
            }
        }
        return counts;
    }

    /** @throws ProblemException if a split has no rows */
    static void refuse(Turn turn, Map<Split, Integer> counts) {
        counts.forEach((split, count) -> {
            if (count == 0) {
                boolean drawn = turn.drawn().contains(split)
                        || split == Split.TRAIN && !turn.drawn().isEmpty();
                throw drawn ? tooFew(split) : empty(split);
            }
        });
    }

    /** To test the row with the largest fingerprint, to the others that with the smallest. */
    private void move(Turn turn, Split from, Split to) {
        String order = to == Split.TEST ? "desc" : "asc";
        jdbc.query(
                "select id, first_version from mlx_rows where dataset_id = ? and split = ? and last_version is null"
                        + " order by fingerprint " + order + ", id limit 1",
                row -> {
                    move(turn, to, row.getLong("id"), row.getInt("first_version"));
                },
                turn.datasetId(),
                from.label());
    }

    private void move(Turn turn, Split split, long id, int firstVersion) {
        if (firstVersion == turn.version()) {
            jdbc.update("update mlx_rows set split = ? where id = ?", split.label(), id);
            return;
        }
        jdbc.update("update mlx_rows set last_version = ? where id = ?", turn.version() - 1, id);
        jdbc.update(
                "insert into mlx_rows (dataset_id, split, fingerprint, external_key, subject, kind, key_number, content,"
                        + " original, first_version, import_id, seen_by, added_at)"
                        + " select dataset_id, ?, fingerprint, external_key, subject, kind, key_number, content, original,"
                        + " ?, import_id, seen_by, added_at from mlx_rows where id = ?",
                split.label(),
                turn.version(),
                id);
    }

    private static ProblemException tooFew(Split split) {
        return ProblemException.invalid(
                "Too few rows",
                "There are too few different rows in " + Split.TRAIN.fileName() + " to split validation and test rows"
                        + " off it: nothing is left for " + split.fileName() + ". Give that file too, or more rows.",
                Map.of("file", Split.TRAIN.fileName()));
    }

    private static ProblemException empty(Split split) {
        return ProblemException.invalid(
                "No rows", split.fileName() + " has no rows.", Map.of("file", split.fileName()));
    }
}
