package org.mlxspring.autoconfigure.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A base model with what was made from it.
 *
 * @param name its name in {@code mlx.models}
 * @param path its folder
 * @param champion the version that serves; null while it is the base model itself
 * @param versions all versions, newest first
 */
public record ModelView(
        String name, String path, @Nullable ModelVersionView champion, List<ModelVersionView> versions) {

    public ModelView {
        versions = List.copyOf(versions);
    }
}
