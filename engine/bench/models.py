"""The models of the benchmark: Llama's shape, random weights, fixed seeds."""

import json

import mlx.core as mx
from mlx.utils import tree_flatten
from mlx_lm.convert import convert
from mlx_lm.models import llama

import tokenizer

BASE = {
    "model_type": "llama", "architectures": ["LlamaForCausalLM"], "hidden_size": 512, "num_hidden_layers": 12,
    "intermediate_size": 1408, "num_attention_heads": 8, "num_key_value_heads": 4, "head_dim": 64, "vocab_size": 8192,
    "tie_word_embeddings": True, "rms_norm_eps": 1e-5, "rope_theta": 10000.0, "max_position_embeddings": 8192,
    "bos_token_id": 0, "eos_token_id": 2, "torch_dtype": "float32"}
TINY = {**BASE, "hidden_size": 64, "num_hidden_layers": 2, "intermediate_size": 128, "num_attention_heads": 4,
        "num_key_value_heads": 2, "head_dim": 16}
# 250 million weights of four bytes.
LARGE = {**BASE, "hidden_size": 1536, "num_hidden_layers": 10, "intermediate_size": 4096, "num_attention_heads": 12,
         "num_key_value_heads": 6, "head_dim": 128}

SHAPES = {"base": BASE, "base-128k": {**BASE, "vocab_size": 128256}, "tiny": TINY, "large": LARGE}


def make(folder, name):
    """Writes one of the models into the folder, with its tokenizer."""
    config = SHAPES[name]
    mx.random.seed(7)
    model = llama.Model(llama.ModelArgs.from_dict(config))
    mx.save_safetensors(str(folder / "model.safetensors"), dict(tree_flatten(model.parameters())), metadata={"format": "mlx"})
    (folder / "config.json").write_text(json.dumps(config, indent=2))
    tokenizer.make(folder, config["vocab_size"])


def make_4bit(folder, base):
    """Writes the model of another folder in 4 bits, in groups of 64, as mlx-lm's convert does."""
    convert(str(base), str(folder), quantize=True, q_bits=4, q_group_size=64)
