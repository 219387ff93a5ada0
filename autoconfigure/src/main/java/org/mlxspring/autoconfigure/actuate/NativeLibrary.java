package org.mlxspring.autoconfigure.actuate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the engine would find libmlxc, looked up without opening it: a JVM that has opened it cannot be rid of it, and
 * the application leaves it to the engine's own process.
 *
 * @param configured the folder that the properties name, if they do
 */
record NativeLibrary(Optional<Path> configured) {
    private static final List<String> SYSTEM_FOLDERS = List.of("/opt/homebrew/lib", "/usr/local/lib", "/usr/lib");

    /** The folder or jar that holds the library, in the engine's order of search; empty where none does. */
    Optional<String> found() {
        String library = isMac() ? "libmlxc.dylib" : "libmlxc.so";
        Optional<Path> named = configured
                .or(() -> Optional.ofNullable(System.getProperty("mlx.native.path"))
                        .map(Path::of))
                .or(() -> Optional.ofNullable(System.getenv("MLX_NATIVE_PATH"))
                        .filter(value -> !value.isBlank())
                        .map(Path::of));
        if (named.isPresent()) {
            return named.filter(folder -> Files.isRegularFile(folder.resolve(library)))
                    .map(Path::toString);
        }
        if (inJar()) {
            return Optional.of("the jar mlx-native");
        }
        return SYSTEM_FOLDERS.stream()
                .filter(folder -> Files.isRegularFile(Path.of(folder, library)))
                .findFirst();
    }

    /** The platform's name, as the folders of the jar mlx-native have it. */
    String platform() {
        String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        boolean arm = arch.equals("aarch64") || arch.equals("arm64");
        return isMac() ? arm ? "macos-arm64" : "macos-" + arch : arm ? "linux-aarch64" : "linux-x86_64";
    }

    private boolean inJar() {
        String list = "META-INF/mlx-native/" + platform() + "/files.sha256";
        return NativeLibrary.class.getClassLoader().getResource(list) != null;
    }

    private static boolean isMac() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac");
    }
}
