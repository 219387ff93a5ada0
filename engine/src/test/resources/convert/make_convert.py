"""Makes expected.json and the folder awq/: what mlx-lm's convert makes of some of the fixtures.

Usage: python make_convert.py     (needs mlx-lm 0.32.2)

Of each result expected.json keeps a digest of all tensors (in the order of their names: name, type, shape and bytes),
config.json, and what the index says. "shards" has the files of the llama fixture where a file holds 100,000 bytes.
"""

import contextlib
import hashlib
import io
import json
import shutil
import tempfile
from pathlib import Path

import mlx.core as mx
import mlx_lm.utils as utils
import numpy as np
from mlx_lm.convert import convert
from mlx_lm.utils import load_model

HERE = Path(__file__).resolve().parent
FIXTURES = HERE.parent / "fixtures"
SHARD = 100_000

CASES = {
    "plain": ("llama", {}),
    "float16": ("llama", {"dtype": "float16"}),
    "bfloat16": ("llama", {"dtype": "bfloat16"}),
    "q": ("llama", {"quantize": True}),
    "q-float16": ("llama", {"quantize": True, "dtype": "float16"}),
    "q-bfloat16": ("llama", {"quantize": True, "dtype": "bfloat16"}),
    "mxfp4": ("llama", {"quantize": True, "q_mode": "mxfp4"}),
    "mxfp8": ("llama", {"quantize": True, "q_mode": "mxfp8"}),
    "nvfp4": ("llama", {"quantize": True, "q_mode": "nvfp4"}),
    "nvfp4-bfloat16": ("llama", {"quantize": True, "q_mode": "nvfp4", "dtype": "bfloat16"}),
    "dequantize": ("llama-4bit", {"dequantize": True}),
    "cast-packed": ("llama-8bit-g32", {"dtype": "bfloat16"}),
    "q-again": ("awq", {"quantize": True, "q_group_size": 32}),
    "foreign": ("gpt_oss-hf", {}),
    "router": ("qwen3_moe", {"quantize": True, "q_bits": 3}),
    "indivisible": ("qwen3_moe", {"quantize": True, "q_group_size": 128}),
    "awq": ("awq", {}),
    "awq-plain": ("awq", {"dequantize": True}),
    "config": ("config", {}),
}
CASES |= {
    f"q{bits}-g{size}": ("llama", {"quantize": True, "q_bits": bits, "q_group_size": size})
    for bits, size in [(2, 32), (3, 64), (5, 32), (6, 64), (8, 32)]
}
CASES |= {
    recipe: ("llama", {"quantize": True, "quant_predicate": recipe, "q_group_size": 32})
    for recipe in ("mixed_2_6", "mixed_3_4", "mixed_3_6", "mixed_4_6")
}


def source(name):
    own = HERE / name
    return own if own.exists() else FIXTURES / name / "model"


def digest(folder):
    sums = hashlib.sha256()
    tensors = {}
    for file in sorted(folder.glob("model*.safetensors")):
        raw = file.read_bytes()
        start = 8 + int.from_bytes(raw[:8], "little")
        header = json.loads(raw[8:start])
        header.pop("__metadata__", None)
        for name, each in header.items():
            begin, end = each["data_offsets"]
            tensors[name] = (each["dtype"], each["shape"], raw[start + begin : start + end])
    for name in sorted(tensors):
        dtype, shape, data = tensors[name]
        sums.update(f"{name} {dtype} {','.join(map(str, shape))}\n".encode())
        sums.update(data)
    return sums.hexdigest()


def make_awq(folder):
    """One llama layer whose projections are packed as AutoAWQ does, with zero points for all but one."""
    folder.mkdir(exist_ok=True)
    hidden, vocabulary, size, group = 32, 320, 64, 16
    rng = np.random.default_rng(5)
    order = [0, 2, 4, 6, 1, 3, 5, 7]
    tensors = {}

    def pack(values):
        words = np.zeros((values.shape[0], values.shape[1] // 8), dtype=np.uint32)
        for place, output in enumerate(order):
            words |= values[:, output::8].astype(np.uint32) << np.uint32(4 * place)
        return words.view(np.int32)

    def layer(path, inputs, outputs, zeros=True):
        tensors[path + ".qweight"] = pack(rng.integers(0, 16, (inputs, outputs)))
        tensors[path + ".scales"] = (rng.random((inputs // 32, outputs)) * 0.05).astype(np.float16)
        if zeros:
            tensors[path + ".qzeros"] = pack(rng.integers(0, 16, (inputs // 32, outputs)))

    at = "model.layers.0."
    for name in "qkv":
        layer(at + f"self_attn.{name}_proj", hidden, hidden)
    layer(at + "self_attn.o_proj", hidden, hidden, zeros=False)
    layer(at + "mlp.gate_proj", hidden, size)
    layer(at + "mlp.up_proj", hidden, size)
    layer(at + "mlp.down_proj", size, hidden)
    tensors["model.embed_tokens.weight"] = rng.normal(size=(vocabulary, hidden)).astype(np.float32)
    for name in (at + "input_layernorm", at + "post_attention_layernorm", "model.norm"):
        tensors[name + ".weight"] = np.ones(hidden, dtype=np.float32)
    mx.save_safetensors(str(folder / "model.safetensors"), {k: mx.array(v) for k, v in tensors.items()})
    config = {
        "model_type": "llama",
        "hidden_size": hidden,
        "num_hidden_layers": 1,
        "intermediate_size": size,
        "num_attention_heads": 2,
        "rms_norm_eps": 1e-5,
        "vocab_size": vocabulary,
        "eos_token_id": 2,
        "tie_word_embeddings": True,
        "quantization_config": {"quant_method": "awq", "bits": 4, "group_size": 32, "version": "gemm"},
    }
    (folder / "config.json").write_text(json.dumps(config, indent=1) + "\n")
    for file in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copy(FIXTURES / "llama-bias/model" / file, folder)


def make_config(folder):
    """A config.json with what mlx-lm adds, changes and leaves out."""
    folder.mkdir(exist_ok=True)
    for file in (HERE / "awq").iterdir():
        shutil.copy(file, folder)
    config = json.loads((folder / "config.json").read_text())
    config |= {
        "_name_or_path": "somewhere",
        "vision_config": {"hidden_size": 8},
        "time_step_limit": [0.0, {"__float__": "Infinity"}],
        "floor": {"__float__": "-Infinity"},
        "torch_dtype": "bfloat16",
    }
    (folder / "config.json").write_text(json.dumps(config, indent=1) + "\n")
    (folder / "generation_config.json").write_text('{"eos_token_id": [2, 7]}\n')


def main():
    make_awq(HERE / "awq")
    make_config(HERE / "config")
    made = {"cases": {}}
    with tempfile.TemporaryDirectory() as temporary, contextlib.redirect_stdout(io.StringIO()):
        for name, (fixture, options) in CASES.items():
            out = Path(temporary) / name
            convert(str(source(fixture)), str(out), **options)
            index = json.loads((out / "model.safetensors.index.json").read_text())
            made["cases"][name] = {
                "source": fixture,
                "options": options,
                "digest": digest(out),
                "config": json.loads((out / "config.json").read_text()),
                "index": index["metadata"],
            }
        make_shards = utils.make_shards

        class Limit(int):
            def __lshift__(self, _):
                return SHARD

        utils.make_shards = lambda weights: make_shards(weights, Limit())
        out = Path(temporary) / "shards"
        convert(str(source("llama")), str(out))
        made["shards"] = {
            "bytes": SHARD,
            "weight_map": json.loads((out / "model.safetensors.index.json").read_text())["weight_map"],
        }
    model, _ = load_model(HERE / "awq")
    made["awq_logits"] = model(mx.array([[3, 1, 4, 1, 5, 9, 2, 6]])).astype(mx.float32)[0, -1, :32].tolist()
    (HERE / "expected.json").write_text(json.dumps(made, indent=1) + "\n")


main()
