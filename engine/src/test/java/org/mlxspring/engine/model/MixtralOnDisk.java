package org.mlxspring.engine.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.RandomState;
import org.mlxspring.engine.array.Safetensors;
import org.mlxspring.engine.array.Scope;

/** A mixture of experts with random weights, in a shard per layer, its experts apart as Hugging Face has them. */
record MixtralOnDisk(Path folder, int layers, int experts, int hidden, int inner) {

    private static final int VOCABULARY = 4096;
    private static final int HEADS = 8;

    void write() throws IOException {
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve("config.json"), """
                {"model_type": "mixtral", "hidden_size": %d, "intermediate_size": %d, "num_hidden_layers": %d,
                 "num_local_experts": %d, "num_experts_per_tok": 2, "num_attention_heads": %d,
                 "num_key_value_heads": %d, "rms_norm_eps": 1e-5, "vocab_size": %d}
                """.formatted(hidden, inner, layers, experts, HEADS, HEADS, VOCABULARY));
        try (Scope scope = Scope.open()) {
            RandomState random = RandomState.seed(7);
            for (int layer = 0; layer < layers; layer++) {
                try (Scope shard = Scope.open()) {
                    Map<String, Array> tensors = new LinkedHashMap<>();
                    if (layer == 0) {
                        add(tensors, "model.embed_tokens", random, VOCABULARY, hidden);
                        add(tensors, "lm_head", random, VOCABULARY, hidden);
                        add(tensors, "model.norm", random, hidden);
                    }
                    layer(tensors, LanguageModel.layerPath(layer), random);
                    Safetensors.save(folder.resolve("model-%d.safetensors".formatted(layer)), tensors, Map.of());
                }
            }
        }
    }

    private void layer(Map<String, Array> tensors, String path, RandomState random) {
        add(tensors, path + ".input_layernorm", random, hidden);
        add(tensors, path + ".post_attention_layernorm", random, hidden);
        for (String projection : new String[] {"q_proj", "k_proj", "v_proj", "o_proj"}) {
            add(tensors, path + ".self_attn." + projection, random, hidden, hidden);
        }
        String moe = path + ".block_sparse_moe";
        add(tensors, moe + ".gate", random, experts, hidden);
        for (int expert = 0; expert < experts; expert++) {
            add(tensors, moe + ".experts." + expert + ".w1", random, inner, hidden);
            add(tensors, moe + ".experts." + expert + ".w2", random, hidden, inner);
            add(tensors, moe + ".experts." + expert + ".w3", random, inner, hidden);
        }
    }

    private static void add(Map<String, Array> tensors, String name, RandomState random, int... shape) {
        tensors.put(name + ".weight", random.normal(0, 0.02f, shape));
    }

    long bytes() throws IOException {
        long bytes = 0;
        for (Path file : Weights.files(folder)) {
            bytes += Files.size(file);
        }
        return bytes;
    }
}
