package org.mlxspring.engine.train;

import java.nio.file.Path;
import java.util.Optional;
import org.mlxspring.engine.data.DataException;
import org.mlxspring.engine.data.DataFolder;
import org.mlxspring.engine.data.PreparedFolder;
import org.mlxspring.engine.data.RowKeys;
import org.mlxspring.engine.data.RowTokenizer;
import org.mlxspring.engine.data.Split;
import org.mlxspring.engine.data.TokenFolder;
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
            case TrainData.Prepared prepared ->
                prepared(prepared, split)
                        .orElseThrow(() -> new DataException(prepared.folder() + " has no rows of the split "
                                + split.label() + "; prepare a dataset that has some"));
        };
    }

    /** A split that may be missing or empty. */
    Optional<TokenizedRows> find(Split split) {
        Optional<TokenizedRows> found =
                switch (data) {
                    case TrainData.Rows rows ->
                        new DataFolder(rows.folder()).has(split) ? Optional.of(rows(rows, split)) : Optional.empty();
                    case TrainData.Prepared prepared -> prepared(prepared, split);
                };
        return found.filter(rows -> rows.size() > 0);
    }

    private TokenizedRows rows(TrainData.Rows rows, Split split) {
        Path file = new DataFolder(rows.folder()).require(split);
        return rows.tokens()
                .<TokenizedRows>map(
                        folder -> tokenizer.stored(file, RowKeys.standard(), new TokenFolder(folder).file(split)))
                .orElseGet(() -> tokenizer.inMemory(file, RowKeys.standard()));
    }

    private Optional<TokenizedRows> prepared(TrainData.Prepared prepared, Split split) {
        return new PreparedFolder(prepared.folder(), Storage.sealed(prepared.key())).rows(split, tokenizer);
    }
}
