package org.mlxspring.autoconfigure.model;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The base models of the properties.
 *
 * @param paths their absolute folders by name
 */
public record BaseModels(Map<String, Path> paths) {

    public BaseModels {
        paths = Map.copyOf(paths);
    }

    /** @throws IllegalArgumentException if a model has no path; the message names the property */
    public static BaseModels of(Map<String, ModelProperties> properties) {
        Map<String, Path> paths = new TreeMap<>();
        properties.forEach((name, model) -> {
            String path = model.path();
            if (path == null || path.isBlank()) {
                throw new IllegalArgumentException(
                        "mlx.models." + name + ".path is not set; it must be the folder of the base model.");
            }
            paths.put(name, Path.of(path).toAbsolutePath().normalize());
        });
        return new BaseModels(paths);
    }
}
