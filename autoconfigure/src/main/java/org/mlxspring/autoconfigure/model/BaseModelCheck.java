package org.mlxspring.autoconfigure.model;

import java.nio.file.Path;
import java.util.Optional;
import org.mlxspring.engine.model.ModelConfig;
import org.mlxspring.engine.model.ModelException;
import org.mlxspring.engine.model.ModelRegistry;

/**
 * Looks at a base model's folder as the engine would, as far as that needs {@code config.json} alone: no weights are read
 * and MLX is not loaded, so that this can be asked before every run.
 */
final class BaseModelCheck {

    private BaseModelCheck() {}

    /** Why the engine would refuse this folder, in its own words; empty where nothing speaks against it. */
    static Optional<String> problem(Path folder) {
        try {
            ModelConfig config = ModelConfig.read(folder);
            String type = config.modelType();
            return ModelRegistry.supported().contains(type)
                    ? Optional.empty()
                    : Optional.of(config.source() + ": the model_type '" + type + "' is not supported; supported are "
                            + String.join(", ", ModelRegistry.supported()) + ".");
        } catch (ModelException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
