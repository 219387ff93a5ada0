package org.mlxspring.engine.ffi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The versions this engine was built as and for, written by the build. */
public final class EngineVersions {

    private static final Properties PROPERTIES = load();

    public static final String ENGINE = PROPERTIES.getProperty("engine");
    public static final String MLX = PROPERTIES.getProperty("mlx");
    public static final String MLX_C = PROPERTIES.getProperty("mlx-c");

    private EngineVersions() {}

    /**
     * Whether a loaded MLX has the interface this engine was built for: the same first two numbers.
     *
     * @param version what the library says of itself, such as {@code 0.32.2}
     */
    public static boolean isSupported(String version) {
        return series(version).equals(series(MLX));
    }

    private static String series(String version) {
        String[] numbers = version.split("\\.");
        return numbers.length < 2 ? version : numbers[0] + "." + numbers[1];
    }

    private static Properties load() {
        Properties properties = new Properties();
        try (InputStream in = EngineVersions.class.getResourceAsStream("versions.properties")) {
            if (in == null) {
                throw new IllegalStateException("versions.properties is missing beside EngineVersions");
            }
            properties.load(in);
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
