package org.mlxspring.engine.data;

import java.nio.file.Path;

/**
 * A folder with the token stores of a prepared dataset, one per split.
 *
 * @param path the folder
 */
public record TokenFolder(Path path) {

    /** The store of a split, such as {@code train.tokens}. */
    public Path file(Split split) {
        return path.resolve(split.label() + ".tokens");
    }
}
