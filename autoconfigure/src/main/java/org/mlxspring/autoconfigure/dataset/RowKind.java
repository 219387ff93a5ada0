package org.mlxspring.autoconfigure.dataset;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.mlxspring.engine.data.NumberedRow;
import org.mlxspring.engine.data.PreferenceRow;
import org.mlxspring.engine.data.RowKeys;
import org.mlxspring.engine.data.RowReader;
import org.mlxspring.engine.data.Split;

/** What the rows of a dataset version are; all of its splits have the same kind. */
public enum RowKind {
    /** Rows with one answer, for {@code train_mode} {@code sft}. */
    ANSWER,
    /** A better and a worse answer each, for {@code train_mode} {@code dpo} and {@code orpo}. */
    PREFERENCE;

    /**
     * The kind of checked files, each of which has one kind; {@link #ANSWER} where they have no rows.
     *
     * @throws ProblemException if one file has preferences and another has none
     */
    static RowKind of(Map<Split, Path> files) {
        Set<RowKind> kinds = EnumSet.noneOf(RowKind.class);
        files.forEach((split, file) -> first(file).ifPresent(kind -> {
            kinds.add(kind);
            if (kinds.size() > 1) {
                throw ProblemException.invalid(
                        "Mixed rows",
                        split.fileName() + (kind == PREFERENCE ? " has preferences" : " has rows with one answer")
                                + ", and the file before it has not; all files of a dataset must have the same kind of"
                                + " rows. Nothing was stored.",
                        Map.of("file", split.fileName()));
            }
        }));
        return kinds.stream().findFirst().orElse(ANSWER);
    }

    private static Optional<RowKind> first(Path file) {
        try (RowReader rows = RowReader.ofAny(file, RowKeys.standard())) {
            return rows.read().map(NumberedRow::row).map(row -> row instanceof PreferenceRow ? PREFERENCE : ANSWER);
        }
    }
}
