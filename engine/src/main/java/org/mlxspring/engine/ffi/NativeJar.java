package org.mlxspring.engine.ffi;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The libraries that the jar mlx-native carries under {@code META-INF/mlx-native/PLATFORM}, extracted once into a
 * private folder named after the hash of their checksum list.
 */
final class NativeJar {

    private static final String ROOT = "META-INF/mlx-native/";

    private final String folder;
    private final String list;

    private NativeJar(String folder, String list) {
        this.folder = folder;
        this.list = list;
    }

    /** The jar's libraries for a platform, if there is such a jar on the class path. */
    static Optional<NativeJar> find(Platform platform) {
        String folder = ROOT + platform.name() + "/";
        try (InputStream in = resource(folder + "files.sha256")) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(new NativeJar(folder, new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Extracts the libraries under a parent folder, unless a complete and unchanged copy is there.
     *
     * @return the folder that holds them
     */
    Path extract(Path parent) {
        Path target = parent.resolve(hash(list.getBytes(StandardCharsets.UTF_8)).substring(0, 16));
        try {
            if (isIntact(target)) {
                return target;
            }
            Files.createDirectories(parent);
            Path beside = Files.createTempDirectory(parent, "extracting-");
            for (String file : files().keySet()) {
                copy(file, beside.resolve(file));
            }
            if (!isIntact(beside)) {
                throw new NativeLibraryException("The jar mlx-native is damaged: a file in " + folder
                        + " differs from its checksum. Build it again with: mvn -pl native clean package");
            }
            putInPlace(beside, target);
            return target;
        } catch (IOException e) {
            throw new NativeLibraryException(
                    "The MLX libraries could not be extracted to " + target + " (" + e
                            + "). Make the folder writable, or name another with -Dmlx.native.cache=FOLDER.",
                    e);
        }
    }

    private void putInPlace(Path beside, Path target) throws IOException {
        if (Files.exists(target)) {
            Files.move(target, beside.resolveSibling(beside.getFileName() + "-old"));
        }
        try {
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            requireIntact(target, e); // another process was faster
        }
    }

    private void requireIntact(Path target, IOException otherwise) throws IOException {
        if (!isIntact(target)) {
            throw otherwise;
        }
    }

    private void copy(String file, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        try (InputStream in = resource(folder + file);
                FileChannel channel =
                        FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                var out = Channels.newOutputStream(channel)) {
            if (in == null) {
                throw new NativeLibraryException("The jar mlx-native lists " + file + " but does not hold it.");
            }
            in.transferTo(out);
            channel.force(true);
        }
    }

    private boolean isIntact(Path target) throws IOException {
        IntactNote note = new IntactNote(target, files().keySet());
        if (note.holds()) {
            return true;
        }
        for (Map.Entry<String, String> entry : files().entrySet()) {
            Path file = target.resolve(entry.getKey());
            if (!Files.isRegularFile(file) || !hash(file).equals(entry.getValue())) {
                return false;
            }
        }
        note.write();
        return true;
    }

    /** File names to checksums. */
    private Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        try (Stream<String> lines = list.lines()) {
            lines.forEach(line -> files.put(line.substring(66).strip(), line.substring(0, 64)));
        }
        return files;
    }

    private static String hash(Path file) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String hash(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static @Nullable InputStream resource(String name) {
        return NativeJar.class.getClassLoader().getResourceAsStream(name);
    }
}
