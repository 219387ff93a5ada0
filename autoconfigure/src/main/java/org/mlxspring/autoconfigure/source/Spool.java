package org.mlxspring.autoconfigure.source;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import org.mlxspring.autoconfigure.encryption.DatasetKeys;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.mlxspring.engine.files.DurableFile;
import org.mlxspring.engine.files.FileKey;
import org.mlxspring.engine.files.SealedInputStream;
import org.mlxspring.engine.files.SealedOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Uploads that wait for their import, in sealed files under the home folder. A file is sealed while it arrives, with a
 * key derived from its dataset's, and removed with the end of its import; nothing of it is ever on the disk in the clear.
 */
final class Spool {

    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

    /** After which a file of an upload that was broken off, or of an import that nobody restarted, is removed. */
    private static final Duration LEFT = Duration.ofDays(1);

    private final Path folder;
    private final long limit;
    private final LongPredicate awaited;

    /**
     * @param limit most bytes of an upload
     * @param awaited whether an import of this id is not over, so that its files are still needed however old they are
     */
    Spool(Path home, long limit, LongPredicate awaited) {
        this.folder = home.resolve("uploads");
        this.limit = limit;
        this.awaited = awaited;
    }

    /** Most bytes of an upload. */
    long limit() {
        return limit;
    }

    /**
     * Takes in a part of an upload; it is there, whole, when this returns.
     *
     * @param before bytes of the parts before it
     * @return its bytes
     * @throws ProblemException if the upload is larger than the limit
     */
    long take(InputStream body, DatasetKeys keys, long importId, int part, long before) throws IOException {
        Path file = file(importId, part);
        Files.createDirectories(folder);
        Path beside = DurableFile.beside(file);
        boolean whole = false;
        // Not in a try-with-resources: closing would seal what came so far as if it were all.
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(beside));
        try {
            SealedOutputStream sealed = new SealedOutputStream(out, key(keys, importId, part));
            long size = copy(body, sealed, before);
            sealed.close();
            DurableFile.replace(beside, file);
            whole = true;
            return size;
        } finally {
            if (!whole) {
                out.close();
                Files.deleteIfExists(beside);
            }
        }
    }

    private long copy(InputStream body, OutputStream sealed, long before) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long size = 0;
        for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
            size += count;
            if (before + size > limit) {
                throw ProblemException.tooLarge(
                        "Upload too large",
                        "An upload may have " + limit + " bytes; mlx.datasets.max-upload sets it.",
                        Map.of("property", "mlx.datasets.max-upload"));
            }
            sealed.write(buffer, 0, count);
        }
        return size;
    }

    /** Reads a part again. */
    InputStream open(DatasetKeys keys, long importId, int part) throws IOException {
        Path file = file(importId, part);
        if (!Files.exists(file)) {
            throw new UnreadableSourceException(
                    "The uploaded file " + file
                            + " is not there any more; instances on one database need mlx.home on a shared disk. Send it again.");
        }
        return new SealedInputStream(file, key(keys, importId, part));
    }

    /** Whether there are files of an import. */
    boolean has(long importId) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, importId + "-*.sealed")) {
            return files.iterator().hasNext();
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + folder + " cannot be listed.", e);
        }
    }

    /** Removes the files of an import. */
    void remove(long importId) {
        remove(importId + "-*.sealed", file -> true);
    }

    /** Removes what uploads and imports left that were broken off and not taken up for a day. */
    void sweep() {
        Instant before = Instant.now().minus(LEFT);
        remove("*.sealed", file -> isOlder(file, before) && !awaited.test(importOf(file)));
        remove(".*.tmp", file -> isOlder(file, before));
    }

    private static boolean isOlder(Path file, Instant before) {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(before);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The import of a file, as {@link #file} named it. */
    private static long importOf(Path file) {
        String name = file.getFileName().toString();
        return Long.parseLong(name.substring(0, name.indexOf('-')));
    }

    private void remove(String names, Predicate<Path> chosen) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, names)) {
            for (Path file : files) {
                if (chosen.test(file)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            LOG.warn("Files of uploads could not be removed from {}: {}", folder, e.getMessage());
        } catch (UncheckedIOException e) {
            LOG.warn("Files of uploads could not be looked at in {}: {}", folder, e.getMessage());
        }
    }

    private Path file(long importId, int part) {
        return folder.resolve(importId + "-" + part + ".sealed");
    }

    private static FileKey key(DatasetKeys keys, long importId, int part) {
        return FileKey.of(keys.derived("upload/" + importId + "/" + part));
    }
}
