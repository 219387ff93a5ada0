package org.mlxspring.sample.learning;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.mlxspring.sample.DeskProperties;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/**
 * Copies the base model out of the application into the data folder, where {@code mlx.models.desk.path} points. The
 * engine reads a folder, and this application may be a single jar. Beans are made before runs are taken up, so the
 * folder is there in time.
 */
@Component
class BaseModelFolder {

    BaseModelFolder(DeskProperties desk) {
        Path folder = desk.folder().resolve("base-model");
        try {
            if (!Files.isDirectory(folder)) {
                copy(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The base model could not be copied to " + folder.toAbsolutePath(), e);
        }
    }

    /** Beside first and then moved, so that a folder that is there is complete. */
    private static void copy(Path folder) throws IOException {
        Path beside = folder.resolveSibling("base-model.part");
        FileSystemUtils.deleteRecursively(beside);
        Files.createDirectories(beside);
        for (Resource file : new PathMatchingResourcePatternResolver().getResources("classpath:/base-model/*")) {
            Path target = beside.resolve(String.valueOf(file.getFilename()));
            try (InputStream in = file.getInputStream()) {
                Files.copy(in, target);
            }
            try (FileChannel channel = FileChannel.open(target, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
        }
        Files.move(beside, folder, StandardCopyOption.ATOMIC_MOVE);
    }
}
