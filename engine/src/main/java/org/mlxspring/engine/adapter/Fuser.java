package org.mlxspring.engine.adapter;

import java.util.List;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.model.LanguageModel;
import org.mlxspring.engine.model.ModelConfig;
import org.mlxspring.engine.model.ModelRegistry;
import org.mlxspring.engine.model.ModelWriter;

/** Writes a base model with an adapter added to it as a model folder. */
public final class Fuser {

    private Fuser() {}

    /**
     * @return names of the files in the new folder
     * @throws AdapterException if the adapter does not fit the model
     * @throws org.mlxspring.engine.model.ModelException if the base cannot be read or the target is not empty
     */
    public static List<String> run(FuseSpec spec) {
        try (Scope scope = Scope.open()) {
            LanguageModel model = ModelRegistry.load(spec.model());
            new AdapterFolder(spec.adapterPath()).load(model);
            Adapters.fuse(model, spec.dequantize());
            ModelConfig config = ModelConfig.read(spec.model());
            return ModelWriter.write(
                    model, spec.dequantize() ? config.withoutQuantization() : config, spec.model(), spec.savePath());
        }
    }
}
