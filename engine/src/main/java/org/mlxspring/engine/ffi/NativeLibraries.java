package org.mlxspring.engine.ffi;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds and opens libmlx and libmlxc, once per process. Looked for, in this order: the folder in {@code mlx.native.path}
 * or {@code MLX_NATIVE_PATH}; the jar mlx-native, extracted under {@code mlx.native.cache} (else the user's cache
 * folder); the usual folders of the system.
 */
final class NativeLibraries {

    private static final int RTLD_NOW = 2;
    private static final int RTLD_GLOBAL_LINUX = 0x100;

    /**
     * The libraries of this process.
     *
     * @param mlxc mlx-c, with MLX behind it
     * @param kernels our kernels for a CPU; absent where they were not built, or {@code -Dmlx.kernels=false} says so
     */
    record Opened(SymbolLookup mlxc, Optional<SymbolLookup> kernels) {}

    private final Platform platform;
    private final List<String> looked = new ArrayList<>();

    private NativeLibraries(Platform platform) {
        this.platform = platform;
    }

    /**
     * Opens the libraries.
     *
     * @throws NativeLibraryException if none is found, or one does not open
     */
    static Opened open() {
        NativeLibraries libraries = new NativeLibraries(Platform.current());
        return libraries.open(libraries.find());
    }

    private Path find() {
        Optional<Path> folder = configured().or(this::inJar).or(this::inSystem);
        return folder.orElseThrow(() -> new NativeLibraryException("The MLX library "
                + platform.library("mlxc") + " for " + platform.name() + " was not found. Looked in:\n  "
                + String.join("\n  ", looked)
                + "\nAdd the jar mlx-native for this platform to the class path, or set -Dmlx.native.path=FOLDER."));
    }

    private Optional<Path> configured() {
        String property = System.getProperty("mlx.native.path");
        String variable = System.getenv("MLX_NATIVE_PATH");
        String value = property != null ? property : variable;
        if (value == null || value.isBlank()) {
            looked.add("mlx.native.path and MLX_NATIVE_PATH: not set");
            return Optional.empty();
        }
        Path folder = Path.of(value).toAbsolutePath();
        if (!Files.isRegularFile(folder.resolve(platform.library("mlxc")))) {
            String name = property != null ? "mlx.native.path" : "MLX_NATIVE_PATH";
            throw new NativeLibraryException(name + " is " + folder + ", but there is no " + platform.library("mlxc")
                    + " in it. Name the folder that holds it, or unset " + name + " to use the jar mlx-native.");
        }
        return Optional.of(folder);
    }

    private Optional<Path> inJar() {
        Optional<NativeJar> jar = NativeJar.find(platform);
        if (jar.isEmpty()) {
            looked.add("jar mlx-native: none on the class path holds META-INF/mlx-native/" + platform.name());
        }
        return jar.map(found -> found.extract(cache()));
    }

    private Path cache() {
        String configured = System.getProperty("mlx.native.cache");
        if (configured != null) {
            return Path.of(configured).toAbsolutePath();
        }
        String user = System.getProperty("user.home");
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path caches = xdg != null && !xdg.isBlank()
                ? Path.of(xdg)
                : platform.isLinux() ? Path.of(user, ".cache") : Path.of(user, "Library", "Caches");
        return caches.resolve("mlx-engine");
    }

    private Optional<Path> inSystem() {
        for (String folder : List.of("/opt/homebrew/lib", "/usr/local/lib", "/usr/lib")) {
            Path library = Path.of(folder, platform.library("mlxc"));
            if (Files.isRegularFile(library)) {
                return Optional.of(library.getParent());
            }
            looked.add(library + ": absent");
        }
        return Optional.empty();
    }

    private Opened open(Path folder) {
        if (platform.isLinux()) {
            openBlas(folder);
        }
        Path mlx = folder.resolve("mlx/lib").resolve(platform.library("mlx"));
        if (!Files.isRegularFile(mlx)) {
            mlx = folder.resolve(platform.library("mlx"));
        }
        if (Files.isRegularFile(mlx)) {
            lookup(mlx);
        }
        SymbolLookup mlxc = lookup(folder.resolve(platform.library("mlxc")));
        Path kernels = folder.resolve(platform.library("mlxkernels"));
        boolean wanted = !"false".equals(System.getProperty("mlx.kernels")) && Files.isRegularFile(kernels);
        return new Opened(mlxc, wanted ? Optional.of(lookup(kernels)) : Optional.empty());
    }

    private SymbolLookup lookup(Path library) {
        try {
            return SymbolLookup.libraryLookup(library, Arena.global());
        } catch (IllegalArgumentException e) {
            throw new NativeLibraryException(
                    "The library " + library + " does not open on this machine (" + platform.name()
                            + "): it is of another platform, or a library it needs is missing; `ldd " + library
                            + "` shows which.",
                    e);
        }
    }

    /**
     * Opens OpenBLAS for the whole process before libmlx, whose own BLAS is a reference implementation: symbols are
     * then found here first. Without it everything works, but slowly.
     */
    private void openBlas(Path folder) {
        Path blas = folder.resolve("openblas");
        if (!Files.isDirectory(blas) || Boolean.getBoolean("mlx.native.no-openblas")) {
            return;
        }
        try (Stream<Path> files = Files.list(blas)) {
            Optional<Path> library = files.filter(
                            file -> file.getFileName().toString().startsWith("libopenblas"))
                    .findFirst();
            if (library.isPresent()) {
                openGlobally(library.get());
            }
        } catch (IOException e) {
            throw new NativeLibraryException("The folder " + blas + " cannot be read.", e);
        }
    }

    private static void openGlobally(Path library) {
        Linker linker = Linker.nativeLinker();
        MethodHandle dlopen = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("dlopen"),
                FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(library.toString());
            long handle = (long) dlopen.invokeExact(name, RTLD_NOW | RTLD_GLOBAL_LINUX);
            if (handle == 0) {
                throw new NativeLibraryException("OpenBLAS does not open: " + library
                        + ". Start with -Dmlx.native.no-openblas=true to go on without it, slowly.");
            }
        } catch (NativeLibraryException e) {
            throw e;
        } catch (Throwable e) {
            throw new NativeLibraryException("OpenBLAS could not be opened: " + library, e);
        }
    }
}
