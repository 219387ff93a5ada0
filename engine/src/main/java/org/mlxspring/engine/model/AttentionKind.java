package org.mlxspring.engine.model;

import java.util.Collection;

/** How the attention of a model comes by its scores: the engine's own kernel takes only the plain one. */
public enum AttentionKind {
    /** Softmax of the scores as they are. */
    PLAIN,
    /** Each head has a sink besides, which takes its share of the softmax: MLX makes the scores. */
    WITH_SINKS,
    /** Scores are kept within a cap, by a function that is applied to all of them before the softmax. */
    CAPPED;

    /**
     * @param names of the tensors of the files
     */
    static AttentionKind of(ModelConfig config, Collection<String> names) {
        if (names.stream().anyMatch(name -> name.endsWith(".sinks"))) {
            return WITH_SINKS;
        }
        return config.modelType().equals(Gemma2.TYPE)
                        && Gemma2.attentionCap(config).isPresent()
                ? CAPPED
                : PLAIN;
    }
}
