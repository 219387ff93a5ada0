package org.mlxspring.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaCommandTest {

    @TempDir
    Path folder;

    @Test
    void aClassPathGoesIntoAnArgumentFileWithAbsoluteEntries() throws IOException {
        Path file = folder.resolve("cp.args");
        String classPath = "relative/classes" + File.pathSeparator + folder.resolve("with space \"quoted\".jar");
        List<String> command = JavaCommand.of(WorkerJvm.ofThisProcess(), classPath, file);
        assertThat(command).contains("@" + file, "--enable-native-access=ALL-UNNAMED");
        assertThat(command).last().isEqualTo(WorkerMain.class.getName());
        assertThat(Files.readString(file))
                .isEqualTo("-cp\n\"" + Path.of("relative/classes").toAbsolutePath() + File.pathSeparator + folder
                        + "/with space \\\"quoted\\\".jar\"\n");
    }

    @Test
    void anExecutableSpringBootJarIsOpenedByItsOwnLauncher() throws IOException {
        Path jar = folder.resolve("app.jar");
        writeJar(jar, "org.springframework.boot.loader.launch.JarLauncher");
        List<String> command = JavaCommand.of(WorkerJvm.ofThisProcess(), jar.toString(), folder.resolve("boot.args"));
        assertThat(command)
                .endsWith(
                        "-Dloader.main=org.mlxspring.engine.worker.WorkerMain",
                        "org.springframework.boot.loader.launch.PropertiesLauncher");
    }

    @Test
    void anUnpackedSpringBootJarIsOpenedByItsOwnLauncher() throws IOException {
        Path app = Files.createDirectories(folder.resolve("app/META-INF")).getParent();
        Files.writeString(
                app.resolve("META-INF/MANIFEST.MF"),
                "Manifest-Version: 1.0\nMain-Class: org.springframework.boot.loader.launch.JarLauncher\n");
        assertThat(JavaCommand.of(WorkerJvm.ofThisProcess(), app.toString(), folder.resolve("boot.args")))
                .last()
                .isEqualTo("org.springframework.boot.loader.launch.PropertiesLauncher");
    }

    @Test
    void aJarWhoseManifestNamesItsClassPathIsLeftAsItIs() throws IOException {
        Path jar = folder.resolve("pathing.jar");
        writeJar(jar, "com.example.Application");
        assertThat(JavaCommand.of(WorkerJvm.ofThisProcess(), jar.toString(), folder.resolve("plain.args")))
                .last()
                .isEqualTo(WorkerMain.class.getName());
    }

    @Test
    void heapAndOptionsAreTakenAndTheOptionsComeLast() throws IOException {
        WorkerJvm jvm = new WorkerJvm(
                Path.of("/opt/jdk"),
                Optional.of("2g"),
                List.of("-XX:+UseSerialGC", "-Xmx3g"),
                Map.of(),
                Optional.empty(),
                Optional.of(folder));
        assertThat(JavaCommand.of(jvm, "x", folder.resolve("args")))
                .startsWith("/opt/jdk/bin/java")
                .contains("-XX:ErrorFile=" + folder.resolve("worker-%p-crash.log"))
                .containsSubsequence("-Xmx2g", "-XX:+UseSerialGC", "-Xmx3g", WorkerMain.class.getName());
    }

    @Test
    void whereTheLibrariesAreIsHandedOn() throws IOException {
        System.setProperty("mlx.native.test", "/opt/mlx");
        try {
            assertThat(JavaCommand.of(WorkerJvm.ofThisProcess(), "x", folder.resolve("args")))
                    .contains("-Dmlx.native.test=/opt/mlx", "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"));
        } finally {
            System.clearProperty("mlx.native.test");
        }
    }

    @Test
    void aHeapThatJavaWouldNotUnderstandIsRefused() {
        assertThatThrownBy(() -> new WorkerJvm(
                        folder, Optional.of("4 GB"), List.of(), Map.of(), Optional.empty(), Optional.empty()))
                .hasMessage("The worker's maximum heap is '4 GB'; it must be a whole number with k, m, g or t after"
                        + " it, such as 512m or 4g.");
    }

    private static void writeJar(Path jar, String mainClass) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, mainClass);
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.finish();
        }
    }
}
