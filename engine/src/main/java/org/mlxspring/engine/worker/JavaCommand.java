package org.mlxspring.engine.worker;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.mlxspring.engine.array.MachineMemory;

/**
 * The command line that starts {@link WorkerMain} with the classes of this JVM.
 *
 * <p>An application run by Maven, from an IDE or with a class path in a manifest has its classes in {@code
 * java.class.path}. An executable Spring Boot jar has only itself there, and its libraries inside: its own {@code
 * PropertiesLauncher} opens it and calls the worker instead of the application.
 */
final class JavaCommand {

    private static final String BOOT_LAUNCHERS = "org.springframework.boot.loader.launch.";
    private static final Set<String> INHERITED_PROPERTIES = Set.of(
            "mlx.cpu", MachineMemory.LIMIT, "java.io.tmpdir", "loader.path", "DJL_CACHE_DIR", "ENGINE_CACHE_DIR");

    private JavaCommand() {}

    /**
     * The command for a JVM on this machine.
     *
     * @param classPath the value of {@code java.class.path}
     * @param classPathFile file that receives the class path as an argument file of {@code java}, since a class path
     *     can be too long for a command line
     */
    static List<String> of(WorkerJvm jvm, String classPath, Path classPathFile) throws IOException {
        Files.writeString(classPathFile, "-cp\n" + quoted(absolute(classPath)) + "\n");
        return of(jvm, classPath, List.of("@" + classPathFile));
    }

    /** The command for a JVM on a machine that has the same files at the same places. */
    static List<String> elsewhere(WorkerJvm jvm, String classPath) throws IOException {
        return of(jvm, classPath, List.of("-cp", absolute(classPath)));
    }

    private static List<String> of(WorkerJvm jvm, String classPath, List<String> classPathArguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(jvm.javaHome().resolve("bin").resolve("java").toString());
        command.addAll(classPathArguments);
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.add("-Djava.awt.headless=true");
        // The application's own logback.xml may write to files that the application has open.
        command.add("-Dlogback.configurationFile=org/mlxspring/engine/worker/logback.xml");
        jvm.logFolder()
                .ifPresent(folder ->
                        command.add("-XX:ErrorFile=" + folder.toAbsolutePath().resolve("worker-%p-crash.log")));
        jvm.maxHeap().ifPresent(heap -> command.add("-Xmx" + heap));
        Properties properties = System.getProperties();
        for (String name : new TreeSet<>(properties.stringPropertyNames())) {
            if (INHERITED_PROPERTIES.contains(name) || name.startsWith("mlx.native.")) {
                command.add("-D" + name + "=" + properties.getProperty(name));
            }
        }
        command.addAll(jvm.jvmOptions());
        if (isExecutableBootArchive(Path.of(absolute(classPath)))) {
            command.add("-Dloader.main=" + WorkerMain.class.getName());
            command.add(BOOT_LAUNCHERS + "PropertiesLauncher");
        } else {
            command.add(WorkerMain.class.getName());
        }
        return command;
    }

    private static String absolute(String classPath) {
        List<String> entries = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator, -1)) {
            entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, entries);
    }

    /** An argument file takes double quotes around an argument with spaces, and a backslash before either. */
    private static String quoted(String argument) {
        return '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static boolean isExecutableBootArchive(Path entry) throws IOException {
        return manifest(entry)
                .map(manifest -> manifest.getMainAttributes().getValue(Attributes.Name.MAIN_CLASS))
                .filter(main -> main.startsWith(BOOT_LAUNCHERS))
                .isPresent();
    }

    /** The manifest of a jar, or of one that was unpacked into a folder. */
    private static Optional<Manifest> manifest(Path entry) throws IOException {
        Path unpacked = entry.resolve("META-INF/MANIFEST.MF");
        if (Files.isRegularFile(unpacked)) {
            try (var in = Files.newInputStream(unpacked)) {
                return Optional.of(new Manifest(in));
            }
        }
        if (!Files.isRegularFile(entry)) {
            return Optional.empty();
        }
        try (JarFile jar = new JarFile(entry.toFile())) {
            return Optional.ofNullable(jar.getManifest());
        }
    }
}
