package org.mlxspring.engine.adapter.gguf;

import java.util.Map;
import org.mlxspring.engine.model.ModelConfig;

/** A family of models as llama.cpp knows it: what its metadata say, and what it wants of each tensor. */
interface Architecture {

    /** The value of {@code general.architecture}, with which the keys of the family begin. */
    String family();

    /** Puts the family's keys into the metadata. */
    void describe(ModelConfig config, Metadata metadata);

    TensorNames names();

    /** Whether llama.cpp has no use for a tensor of the model folder, since it computes it, or reads another instead. */
    boolean leavesOut(ModelConfig config, String tensor);

    /** How a tensor of the model folder is to be arranged. */
    Arrangement arrangement(ModelConfig config, String tensor);

    /** Tensors that no model folder has: factors of rotary frequencies, by their names in the file. */
    default Map<String, float[]> computed(ModelConfig config) {
        return Map.of();
    }
}
