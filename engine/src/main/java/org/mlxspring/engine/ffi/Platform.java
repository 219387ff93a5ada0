package org.mlxspring.engine.ffi;

import java.util.Locale;

/**
 * A platform that MLX has libraries for.
 *
 * @param name name of its folder in the jar of native libraries, such as {@code linux-x86_64}
 * @param extension of a shared library, without the dot
 */
record Platform(String name, String extension) {

    /**
     * The platform of this JVM.
     *
     * @throws NativeLibraryException if MLX has no library for it
     */
    static Platform current() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        boolean arm = arch.equals("aarch64") || arch.equals("arm64");
        boolean intel = arch.equals("amd64") || arch.equals("x86_64");
        if (os.contains("linux") && (arm || intel)) {
            return new Platform(arm ? "linux-aarch64" : "linux-x86_64", "so");
        }
        if (os.contains("mac") && arm) {
            return new Platform("macos-arm64", "dylib");
        }
        throw new NativeLibraryException("MLX has no library for " + System.getProperty("os.name") + " on "
                + System.getProperty("os.arch")
                + "; supported are Linux on x86_64 and aarch64, and macOS on Apple Silicon.");
    }

    String library(String stem) {
        return "lib" + stem + "." + extension;
    }

    boolean isLinux() {
        return extension.equals("so");
    }
}
