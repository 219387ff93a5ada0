package org.mlxspring.engine.adapter;

import java.util.List;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.model.LanguageModel;
import org.mlxspring.engine.model.ModelConfig;
import org.mlxspring.engine.model.ModelRegistry;
import org.mlxspring.engine.model.ModelWriter;

/**
 * Writes a base model with an adapter added to it as a model folder. Weights are read, computed and written one after
 * another, so that a model larger than the memory can be fused.
 */
public final class Fuser {

    private Fuser() {}

    /**
     * @return names of the files in the new folder
     * @throws AdapterException if the adapter does not fit the model
     * @throws org.mlxspring.engine.model.ModelException if the base cannot be read or the target is not empty
     */
    public static List<String> run(FuseSpec spec) {
        try (Scope results = Scope.open()) {
            LanguageModel model;
            // Closed before anything is computed, so that a tensor of the base lives no longer than what needs it.
            try (Scope sources = Scope.open()) {
                model = ModelRegistry.load(spec.model());
                new AdapterFolder(spec.adapterPath()).load(model);
                Adapters.fuse(model, spec.dequantize());
                model.parameters().values().forEach(parameter -> sources.keep(parameter.value()));
            }
            ModelConfig config = ModelConfig.read(spec.model());
            return ModelWriter.writeAndFree(
                    model, spec.dequantize() ? config.withoutQuantization() : config, spec.model(), spec.savePath());
        }
    }
}
