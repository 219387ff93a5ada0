package org.mlxspring.autoconfigure.encryption;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.mlxspring.engine.files.DurableFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Master keys in files of one folder, {@code ID.key}, each the base64 form of 32 bytes; where there is none yet, one is
 * generated when it is first needed. The last by name is the current one.
 */
final class GeneratedKeys implements KeyProvider {

    private static final Logger LOG = LoggerFactory.getLogger(GeneratedKeys.class);
    private static final String ENDING = ".key";

    private final Path folder;

    GeneratedKeys(Path folder) {
        this.folder = folder;
    }

    @Override
    public synchronized String currentId() {
        try {
            Optional<String> last = last();
            if (last.isEmpty()) {
                generate();
                last = last();
            }
            return last.orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException("The master keys in " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public byte[] key(String id) {
        Path file = folder.resolve(id + ENDING);
        if (id.contains("/") || id.contains("\\") || !Files.isRegularFile(file)) {
            throw new IllegalArgumentException("There is no file " + file + ".");
        }
        try {
            byte[] key = Base64.getDecoder().decode(Files.readString(file).strip());
            if (key.length == AesGcm.KEY_BYTES) {
                return key;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The master key " + file + " cannot be read: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            LOG.debug("{} is not base64.", file);
        }
        throw new IllegalArgumentException(
                file + " is not the base64 form of " + AesGcm.KEY_BYTES + " bytes; put the file back from its backup.");
    }

    private Optional<String> last() throws IOException {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ENDING) && !name.startsWith("."))
                    .map(name -> name.substring(0, name.length() - ENDING.length()))
                    .max(String::compareTo);
        }
    }

    /** Written beside and linked, so that of two instances that start together one makes the key and both use it. */
    private void generate() throws IOException {
        SecureRandom random = new SecureRandom();
        byte[] key = new byte[AesGcm.KEY_BYTES];
        random.nextBytes(key);
        byte[] suffix = new byte[4];
        random.nextBytes(suffix);
        Files.createDirectories(folder.getParent());
        makeFolder();
        Path beside = folder.resolve("." + HexFormat.of().formatHex(suffix) + ".tmp");
        Path file = folder.resolve("1" + ENDING);
        Files.createFile(beside, ownerOnly(folder, "rw-------"));
        try {
            Files.write(beside, Base64.getEncoder().encodeToString(key).getBytes(StandardCharsets.US_ASCII));
            DurableFile.sync(beside);
            Files.createLink(file, beside);
        } catch (FileAlreadyExistsException e) {
            LOG.debug("Another instance generated {} at the same moment.", file);
            return;
        } finally {
            Files.delete(beside);
        }
        LOG.warn(
                "Generated the master key of the datasets in {}. Back it up, and keep the backup apart from that of the"
                        + " database: without it no row can be read, and with both anybody can. To bring keys of your"
                        + " own, set mlx.datasets.encryption.keys or define a KeyProvider bean.",
                file);
    }

    private void makeFolder() throws IOException {
        try {
            Files.createDirectory(folder, ownerOnly(folder, "rwx------"));
        } catch (FileAlreadyExistsException e) {
            LOG.debug("{} is there.", folder);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path folder, String permissions) {
        if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        Set<PosixFilePermission> owner = PosixFilePermissions.fromString(permissions);
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(owner)};
    }
}
