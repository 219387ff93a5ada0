package org.mlxspring.engine.train;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.mlxspring.engine.data.DataException;
import org.mlxspring.engine.data.DataFolder;
import org.mlxspring.engine.data.RowKeys;
import org.mlxspring.engine.data.RowTokenizer;
import org.mlxspring.engine.data.Split;
import org.mlxspring.engine.data.TokenFolder;
import org.mlxspring.engine.data.TokenSegments;
import org.mlxspring.engine.data.TokenizedRows;
import org.mlxspring.engine.files.Storage;
import org.mlxspring.engine.text.Tokenizer;

/**
 * The tokenized splits of a dataset: those of a prepared one, from its token stores; else tokenized in memory.
 *
 * @param data where the rows are
 * @param tokenizer what makes tokens of them, or made them
 */
record Splits(TrainData data, RowTokenizer tokenizer) {

    /** Those of a run. */
    static Splits of(TrainSpec spec, Tokenizer tokenizer) {
        TrainSettings settings = spec.settings();
        return new Splits(spec.data(), settings.trainMode().tokenizer(tokenizer, settings.lossMask()));
    }

    /** A split that has to be there. */
    TokenizedRows require(Split split) {
        return switch (data) {
            case TrainData.Rows rows -> rows(rows, split);
            case TrainData.Prepared prepared -> {
                TokenSegments segments = segments(prepared, split);
                if (segments.count() == 0) {
                    throw new DataException(segments.folder() + " has no segments; prepare the dataset again");
                }
                segments.segment(0).requireMadeBy(tokenizer);
                yield segments.open();
            }
        };
    }

    Optional<TokenizedRows> find(Split split) {
        boolean there =
                switch (data) {
                    case TrainData.Rows rows -> new DataFolder(rows.folder()).has(split);
                    case TrainData.Prepared prepared -> Files.isDirectory(prepared.place(split));
                };
        return there ? Optional.of(require(split)).filter(rows -> rows.size() > 0) : Optional.empty();
    }

    private TokenizedRows rows(TrainData.Rows rows, Split split) {
        Path file = new DataFolder(rows.folder()).require(split);
        return rows.tokens()
                .<TokenizedRows>map(
                        folder -> tokenizer.stored(file, RowKeys.standard(), new TokenFolder(folder).file(split)))
                .orElseGet(() -> tokenizer.inMemory(file, RowKeys.standard()));
    }

    private static TokenSegments segments(TrainData.Prepared prepared, Split split) {
        return TokenSegments.of(prepared.folder(), split, Storage.sealed(prepared.key()));
    }
}
