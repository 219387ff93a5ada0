package org.mlxspring.engine.train;

import java.nio.file.Path;
import java.util.Optional;
import org.mlxspring.engine.data.DataFolder;
import org.mlxspring.engine.data.RowKeys;
import org.mlxspring.engine.data.RowTokenizer;
import org.mlxspring.engine.data.Split;
import org.mlxspring.engine.data.TokenFolder;
import org.mlxspring.engine.data.TokenizedRows;
import org.mlxspring.engine.text.Tokenizer;

/**
 * The tokenized splits of a dataset: from the token stores of a prepared dataset, else tokenized in memory.
 *
 * @param data folder with the rows
 * @param tokens folder with the stores
 */
record Splits(DataFolder data, Optional<Path> tokens, RowTokenizer tokenizer) {

    /** Those of a run. */
    static Splits of(TrainSpec spec, Tokenizer tokenizer) {
        TrainSettings settings = spec.settings();
        return new Splits(
                new DataFolder(spec.data()),
                spec.tokens(),
                settings.trainMode().tokenizer(tokenizer, settings.lossMask()));
    }

    /** A split that has to be there. */
    TokenizedRows require(Split split) {
        Path file = data.require(split);
        return tokens.<TokenizedRows>map(
                        folder -> tokenizer.stored(file, RowKeys.standard(), new TokenFolder(folder).file(split)))
                .orElseGet(() -> tokenizer.inMemory(file, RowKeys.standard()));
    }

    Optional<TokenizedRows> find(Split split) {
        return data.has(split) ? Optional.of(require(split)) : Optional.empty();
    }
}
