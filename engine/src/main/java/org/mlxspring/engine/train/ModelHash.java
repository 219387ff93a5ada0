package org.mlxspring.engine.train;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** SHA-256 of all that decides what a model computes: its configuration and weights, and weights to start from. */
public final class ModelHash {

    private ModelHash() {}

    /**
     * The hash of a model folder, in 64 hexadecimal digits. Reads all weights, about a second for each gigabyte or two.
     *
     * @param startingWeights adapter weights that count as part of it
     * @throws UncheckedIOException if a file cannot be read; it names it
     */
    public static String of(Path model, Optional<Path> startingWeights) {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(model)) {
            all.filter(file -> file.endsWith("config.json") || file.toString().endsWith(".safetensors"))
                    .sorted()
                    .forEach(files::add);
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + model + " cannot be listed", e);
        }
        startingWeights.ifPresent(files::add);
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path file : files) {
                digest.update((file.getFileName() + "\n").getBytes(StandardCharsets.UTF_8));
                add(file, digest);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void add(Path file, MessageDigest digest) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[1 << 20];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }
}
