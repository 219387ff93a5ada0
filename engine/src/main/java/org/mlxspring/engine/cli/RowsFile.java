package org.mlxspring.engine.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.mlxspring.engine.data.DataFolder;
import org.mlxspring.engine.data.Split;

/** A file of rows, as a flag names it. */
final class RowsFile {

    private RowsFile() {}

    /**
     * The file itself, or that of a split in a folder.
     *
     * @throws UsageException if it is missing
     */
    static Path require(String flag, Path path, Split split) {
        if (Files.isDirectory(path)) {
            DataFolder folder = new DataFolder(path);
            if (!folder.has(split)) {
                throw new UsageException(
                        flag + " " + path + " has no " + split.fileName() + " with rows in it; name the file itself.");
            }
            return folder.file(split);
        }
        if (!Files.isRegularFile(path)) {
            throw new UsageException(flag + " " + path + ": there is no such file or folder."
                    + " Datasets are not downloaded; give a local file of rows.");
        }
        return path;
    }
}
