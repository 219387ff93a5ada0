package org.mlxspring.engine.model.convert;

import java.util.Optional;
import org.mlxspring.engine.array.Quantization;
import org.mlxspring.engine.model.LanguageModel;
import org.mlxspring.engine.model.ModelConfig;
import org.mlxspring.engine.model.ModelException;
import org.mlxspring.engine.nn.DenseWeight;
import org.mlxspring.engine.nn.MatrixLayer;
import org.mlxspring.engine.nn.Parameter;
import org.mlxspring.engine.nn.QuantizedWeight;
import tools.jackson.databind.node.ObjectNode;

/** Packs the plain weights of a model, and unpacks packed ones. */
final class LayerPacker {

    private LayerPacker() {}

    /**
     * Packs every plain matrix whose rows can be cut into whole groups.
     *
     * @return the configuration of the packed model
     */
    static ModelConfig pack(LanguageModel model, ModelConfig config, Packing packing) {
        Quantization standard = packing.standard();
        ObjectNode json = config.copy();
        // What is packed already has other settings, so that each layer needs an entry.
        boolean named = json.path("quantization").isObject();
        ObjectNode entries = named ? (ObjectNode) json.path("quantization") : LayerRules.json(standard);
        LayerRules rules = LayerRules.of(packing, config.modelType(), model);
        model.matrixLayers().forEach((path, layer) -> {
            if (layer.weight() instanceof DenseWeight plain && columns(layer) % standard.groupSize() == 0) {
                Optional<LayerRules.Own> own = rules.of(path);
                Quantization format = own.map(LayerRules.Own::format).orElse(standard);
                if (columns(layer) % format.groupSize() != 0) {
                    throw new ModelException(path + " must be packed in groups of " + format.groupSize()
                            + ", but its rows of " + columns(layer)
                            + " values cannot be cut into such groups. Convert this model without -q.");
                }
                layer.setWeight(QuantizedWeight.of(format, plain.dense()));
                own.map(LayerRules.Own::json)
                        .or(() -> named ? Optional.of(LayerRules.json(standard)) : Optional.empty())
                        .ifPresent(entry -> entries.set(path, entry));
            }
        });
        json.set("quantization", entries);
        json.set("quantization_config", entries.deepCopy());
        return new ModelConfig(config.source(), json);
    }

    private static int columns(MatrixLayer layer) {
        int[] shape = layer.weight().shape();
        return shape[shape.length - 1];
    }

    /**
     * Unpacks every packed matrix.
     *
     * @return the configuration of the plain model
     */
    static ModelConfig unpack(LanguageModel model, ModelConfig config) {
        model.matrixLayers().values().forEach(layer -> {
            if (layer.weight() instanceof QuantizedWeight packed) {
                layer.setWeight(new DenseWeight(new Parameter(packed.dense())));
            }
        });
        return config.withoutQuantization();
    }
}
