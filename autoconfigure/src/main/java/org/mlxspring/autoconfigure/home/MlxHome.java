package org.mlxspring.autoconfigure.home;

import java.nio.file.Path;

/**
 * Where the files of this application's runs, models and rows are: {@code mlx.home}.
 *
 * @param folder absolute; it may not exist yet
 */
public record MlxHome(Path folder) {

    /** Makes the path absolute. */
    public MlxHome {
        folder = folder.toAbsolutePath().normalize();
    }
}
