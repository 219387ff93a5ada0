package org.mlxspring.engine.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.mlxspring.engine.array.Array;
import org.mlxspring.engine.array.DType;
import org.mlxspring.engine.array.Quantization;
import org.mlxspring.engine.array.RandomState;
import org.mlxspring.engine.array.Safetensors;
import org.mlxspring.engine.array.Scope;
import org.mlxspring.engine.model.Fixture;

/**
 * A llama with random weights and the tokenizer of the fixtures.
 *
 * @param type of the weights
 * @param bits that they are packed into; 0 for none
 */
record LlamaOnDisk(int hidden, int layers, int inner, int heads, int keyHeads, int vocabulary, DType type, int bits) {

    private static final int GROUP = 64;

    LlamaOnDisk withType(DType other) {
        return new LlamaOnDisk(hidden, layers, inner, heads, keyHeads, vocabulary, other, bits);
    }

    LlamaOnDisk packed(int newBits) {
        return new LlamaOnDisk(hidden, layers, inner, heads, keyHeads, vocabulary, type, newBits);
    }

    LlamaOnDisk withVocabulary(int tokens) {
        return new LlamaOnDisk(hidden, layers, inner, heads, keyHeads, tokens, type, bits);
    }

    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path tokenizer = new Fixture("llama").model();
        for (String file : new String[] {"tokenizer.json", "tokenizer_config.json"}) {
            Files.copy(tokenizer.resolve(file), folder.resolve(file));
        }
        Files.writeString(folder.resolve("config.json"), """
                {"model_type": "llama", "hidden_size": %d, "intermediate_size": %d, "num_hidden_layers": %d,
                 "num_attention_heads": %d, "num_key_value_heads": %d, "rms_norm_eps": 1e-5, "vocab_size": %d,
                 "tie_word_embeddings": true %s}
                """.formatted(
                hidden,
                inner,
                layers,
                heads,
                keyHeads,
                vocabulary,
                bits == 0 ? "" : ", \"quantization\": {\"group_size\": %d, \"bits\": %d}".formatted(GROUP, bits)));
        try (Scope scope = Scope.open()) {
            Map<String, Array> tensors = new LinkedHashMap<>();
            RandomState random = RandomState.seed(3);
            int keys = hidden / heads * keyHeads;
            matrix(tensors, "model.embed_tokens", random, vocabulary, hidden);
            norm(tensors, "model.norm");
            for (int layer = 0; layer < layers; layer++) {
                String path = "model.layers." + layer;
                norm(tensors, path + ".input_layernorm");
                norm(tensors, path + ".post_attention_layernorm");
                matrix(tensors, path + ".self_attn.q_proj", random, hidden, hidden);
                matrix(tensors, path + ".self_attn.k_proj", random, keys, hidden);
                matrix(tensors, path + ".self_attn.v_proj", random, keys, hidden);
                matrix(tensors, path + ".self_attn.o_proj", random, hidden, hidden);
                matrix(tensors, path + ".mlp.gate_proj", random, inner, hidden);
                matrix(tensors, path + ".mlp.up_proj", random, inner, hidden);
                matrix(tensors, path + ".mlp.down_proj", random, hidden, inner);
            }
            Safetensors.save(folder.resolve("model.safetensors"), tensors, Map.of());
        }
    }

    private void matrix(Map<String, Array> tensors, String name, RandomState random, int rows, int columns) {
        Array weight = random.normal(0, 0.02f, rows, columns).astype(type);
        if (bits == 0) {
            tensors.put(name + ".weight", weight);
            return;
        }
        Quantization.Packed packed = new Quantization(Quantization.Mode.AFFINE, GROUP, bits).pack(weight);
        tensors.put(name + ".weight", packed.values());
        tensors.put(name + ".scales", packed.scales());
        Optional<Array> biases = packed.biases();
        tensors.put(name + ".biases", biases.orElseThrow());
    }

    private void norm(Map<String, Array> tensors, String name) {
        tensors.put(name + ".weight", Array.ones(type, hidden));
    }
}
