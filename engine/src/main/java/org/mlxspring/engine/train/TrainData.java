package org.mlxspring.engine.train;

import java.nio.file.Path;
import java.util.Optional;
import org.mlxspring.engine.data.Split;
import org.mlxspring.engine.files.FileKey;

/** Where the rows of a training run are. */
public sealed interface TrainData {

    /** The folder. */
    Path folder();

    /** Where the rows of a split are, or would be. */
    Path place(Split split);

    /**
     * Rows as text.
     *
     * @param folder with {@code train.jsonl} and, optionally, {@code valid.jsonl} and {@code test.jsonl}
     * @param tokens folder with the token stores of a prepared dataset; rows that are stored there are not tokenized again
     */
    record Rows(Path folder, Optional<Path> tokens) implements TrainData {

        @Override
        public Path place(Split split) {
            return folder.resolve(split.fileName());
        }
    }

    /**
     * Rows that were tokenized before, without their text.
     *
     * @param folder a complete {@link org.mlxspring.engine.data.PreparedFolder}
     * @param key what the segments are sealed with
     */
    record Prepared(Path folder, FileKey key) implements TrainData {

        @Override
        public Path place(Split split) {
            return folder.resolve(split.label());
        }
    }
}
