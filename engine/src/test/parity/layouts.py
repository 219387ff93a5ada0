"""Tensors and configurations as publishers ship them, made from those that mlx-lm holds."""

import re

import mlx.core as mx
import numpy as np

EXPERT_LETTERS = {"gate_proj": "w1", "down_proj": "w2", "up_proj": "w3"}


def to_hugging_face(model_type, weights):
    """Tensors under Hugging Face's names: the reverse of the sanitize of mlx-lm's family."""
    if model_type in ("mixtral", "phimoe"):
        return experts_apart(weights, EXPERT_LETTERS)
    if model_type in ("qwen2_moe", "qwen3_moe"):
        return experts_apart(weights, {})
    if model_type == "granitemoe":
        return input_linear(weights)
    if model_type == "gpt_oss":
        return blocks_and_scales(weights)
    head = weights["model.embed_tokens.weight"]
    frequencies = {k.replace("q_proj.weight", "rotary_emb.inv_freq"): mx.ones((8,)) for k in weights if "q_proj.weight" in k}
    return dict(weights, **frequencies, **{"lm_head.weight": head + 1.0})


def experts_apart(weights, letters):
    result = {}
    for name, value in weights.items():
        found = re.match(r"(.*)\.switch_mlp\.(\w+)\.weight", name)
        if found:
            for expert in range(value.shape[0]):
                part = letters.get(found[2], found[2])
                result[f"{found[1]}.experts.{expert}.{part}.weight"] = mx.contiguous(value[expert])
        else:
            result[name] = value
    return result


def input_linear(weights):
    result = dict(weights)
    for name in weights:
        if name.endswith(".switch_mlp.gate_proj.weight"):
            prefix = name.removesuffix(".switch_mlp.gate_proj.weight")
            gate, up, down = (result.pop(f"{prefix}.switch_mlp.{p}_proj.weight") for p in ("gate", "up", "down"))
            result[prefix + ".input_linear.weight"] = mx.concatenate([gate, up], axis=1)
            result[prefix + ".output_linear.weight"] = down
    return result


def blocks_and_scales(weights):
    result = dict(weights)
    for name in weights:
        if not name.endswith(".experts.gate_proj.weight"):
            continue
        prefix = name.removesuffix("gate_proj.weight")
        parts = {p: [result.pop(f"{prefix}{p}_proj.{k}") for k in ("weight", "bias")] for p in ("gate", "up", "down")}
        joined = [interleaved(a, b) for a, b in zip(parts["gate"], parts["up"])]
        for target, (weight, bias) in (("gate_up_proj", joined), ("down_proj", parts["down"])):
            packed, scales = mx.quantize(weight, group_size=32, bits=4, mode="mxfp4")
            bytes_ = np.array(packed).view(np.uint8).reshape(*scales.shape, 16)
            result[f"{prefix}{target}_blocks"] = mx.array(bytes_)
            result[f"{prefix}{target}_scales"] = scales
            result[f"{prefix}{target}_bias"] = bias
    return result


def interleaved(first, second):
    """Rows of two arrays by turns, along the axis of an expert's outputs (1)."""
    return mx.stack([first, second], axis=2).reshape(first.shape[0], 2 * first.shape[1], *first.shape[2:])


def with_rope_parameters(config):
    """The configuration as transformers 5 writes it, and what mlx-lm must be told to read it as the old one."""
    config = dict(config)
    told = {k: config[k] for k in ("rope_theta", "rope_scaling", "partial_rotary_factor", "rope_local_base_freq") if k in config}
    scaling = dict(config.pop("rope_scaling", None) or {})
    kind = scaling.pop("rope_type", None) or scaling.pop("type", None) or "default"
    scaling.pop("type", None)
    parameters = dict(scaling, rope_type=kind, rope_theta=config.pop("rope_theta"))
    if "partial_rotary_factor" in config:
        parameters["partial_rotary_factor"] = config.pop("partial_rotary_factor")
    if config["model_type"] == "gemma3_text":
        pattern = config.pop("sliding_window_pattern")
        told["sliding_window_pattern"] = pattern
        config["layer_types"] = [
            "full_attention" if (i + 1) % pattern == 0 else "sliding_attention" for i in range(config["num_hidden_layers"])]
        local = dict(rope_type="default", rope_theta=config.pop("rope_local_base_freq"))
        parameters = {"full_attention": parameters, "sliding_attention": local}
    config["rope_parameters"] = parameters
    return config, told
