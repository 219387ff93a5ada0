package org.mlxspring.engine.ffi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlxspring.engine.array.Mlx;

/** Finding the libraries, each time in a JVM of its own. */
class NativeLibrariesTest {

    @TempDir
    Path folder;

    /** What the child JVMs run. */
    static final class Probe {
        public static void main(String[] arguments) {
            try {
                System.out.println("MLX " + Mlx.version() + " on " + Mlx.device());
            } catch (Throwable t) {
                Throwable cause = t instanceof ExceptionInInitializerError && t.getCause() != null ? t.getCause() : t;
                System.out.println(cause.getClass().getSimpleName() + ": " + cause.getMessage());
            }
        }
    }

    @Test
    void theJarIsExtractedOnceAndRepairedWhenChanged() throws IOException, InterruptedException {
        assertThat(probe("-Dmlx.native.cache=" + folder)).startsWith("MLX " + EngineVersions.MLX);
        Path library;
        try (Stream<Path> files = Files.walk(folder)) {
            library = files.filter(
                            file -> file.toString().endsWith(Platform.current().library("mlxc")))
                    .findFirst()
                    .orElseThrow();
        }
        long time = Files.getLastModifiedTime(library).toMillis();
        assertThat(probe("-Dmlx.native.cache=" + folder)).startsWith("MLX ");
        assertThat(Files.getLastModifiedTime(library).toMillis()).isEqualTo(time);
        try (RandomAccessFile file = new RandomAccessFile(library.toFile(), "rw")) {
            file.seek(4096);
            file.write(new byte[64]);
        }
        assertThat(probe("-Dmlx.native.cache=" + folder)).startsWith("MLX ");
    }

    @Test
    void aConfiguredFolderComesFirst() throws IOException, InterruptedException {
        Path extracted = NativeJar.find(Platform.current()).orElseThrow().extract(folder.resolve("there"));
        assertThat(probe("-Dmlx.native.path=" + extracted)).startsWith("MLX ");
        assertThat(probe("-Dmlx.native.path=" + folder))
                .startsWith("NativeLibraryException: mlx.native.path is " + folder)
                .contains(Platform.current().library("mlxc"));
    }

    @Test
    void nothingFoundListsEveryPlace() throws IOException, InterruptedException {
        List<String> withoutJar = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!entry.contains("mlx-native") && !entry.endsWith("native/target/classes")) {
                withoutJar.add(entry);
            }
        }
        assertThat(run(String.join(File.pathSeparator, withoutJar), Optional.empty()))
                .contains("NativeLibraryException")
                .contains("mlx.native.path and MLX_NATIVE_PATH: not set")
                .contains("jar mlx-native: none on the class path")
                .contains("/usr/local/lib");
    }

    @Test
    void aLibraryThatDoesNotOpenIsNamed() throws IOException, InterruptedException {
        Path broken = folder.resolve(Platform.current().library("mlxc"));
        Files.writeString(broken, "not a library");
        assertThat(probe("-Dmlx.native.path=" + folder))
                .contains(broken.toString())
                .contains("does not open");
    }

    @Test
    void versionsOfAnotherSeriesAreNotSupported() {
        assertThat(EngineVersions.isSupported(EngineVersions.MLX)).isTrue();
        assertThat(EngineVersions.isSupported("0.31.2")).isFalse();
        assertThat(EngineVersions.isSupported("1")).isFalse();
    }

    private static String probe(String option) throws IOException, InterruptedException {
        return run(System.getProperty("java.class.path"), Optional.of(option));
    }

    private static String run(String classPath, Optional<String> option) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        option.ifPresent(command::add);
        command.add("-cp");
        command.add(classPath);
        command.add(Probe.class.getName());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("MLX_NATIVE_PATH");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
