package org.mlxspring.engine.adapter.gguf;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of tensors in a model folder and in a GGUF file.
 *
 * @param inLayer from the part of a name after {@code model.layers.N.} to the part after {@code blk.N.}, both without
 *     {@code .weight} or {@code .bias}
 */
record TensorNames(Map<String, String> inLayer) {

    private static final Map<String, String> OUTSIDE =
            Map.of("model.embed_tokens", "token_embd", "model.norm", "output_norm", "lm_head", "output");
    private static final Pattern LAYER = Pattern.compile("model\\.layers\\.(\\d+)\\.(.+)");
    private static final Map<String, String> COMMON = Map.ofEntries(
            Map.entry("input_layernorm", "attn_norm"),
            Map.entry("self_attn.q_proj", "attn_q"),
            Map.entry("self_attn.k_proj", "attn_k"),
            Map.entry("self_attn.v_proj", "attn_v"),
            Map.entry("self_attn.qkv_proj", "attn_qkv"),
            Map.entry("self_attn.o_proj", "attn_output"),
            Map.entry("self_attn.q_norm", "attn_q_norm"),
            Map.entry("self_attn.k_norm", "attn_k_norm"),
            Map.entry("mlp.gate_proj", "ffn_gate"),
            Map.entry("mlp.up_proj", "ffn_up"),
            Map.entry("mlp.gate_up_proj", "ffn_up"),
            Map.entry("mlp.down_proj", "ffn_down"));

    /** A norm before attention and one before the MLP. */
    static TensorNames twoNorms() {
        return with(Map.of("post_attention_layernorm", "ffn_norm"));
    }

    /** Norms before and after both parts of a layer. */
    static TensorNames fourNorms() {
        return with(Map.of(
                "post_attention_layernorm", "post_attention_norm",
                "pre_feedforward_layernorm", "ffn_norm",
                "post_feedforward_layernorm", "post_ffw_norm"));
    }

    private static TensorNames with(Map<String, String> norms) {
        Map<String, String> all = new LinkedHashMap<>(COMMON);
        all.putAll(norms);
        return new TensorNames(Map.copyOf(all));
    }

    /** The name in a GGUF file of a tensor of a model folder; empty if llama.cpp has no such tensor. */
    Optional<String> exported(String name) {
        int dot = name.lastIndexOf('.');
        String kind = name.substring(dot + 1);
        if (dot < 0 || !(kind.equals("weight") || kind.equals("bias"))) {
            return Optional.empty();
        }
        String path = name.substring(0, dot);
        Matcher layer = LAYER.matcher(path);
        Optional<String> exported = layer.matches()
                ? Optional.ofNullable(inLayer.get(layer.group(2))).map(part -> "blk." + layer.group(1) + "." + part)
                : Optional.ofNullable(OUTSIDE.get(path));
        return exported.map(start -> start + "." + kind);
    }
}
