"""The weights that mlx-lm 0.32.2 starts an adapter with, by seed.

Writes initial.json: for each case its settings and the adapter's tensors by name, as [shape, first value, last value]. The
cases named after fixtures adapt every module of their last two layers; the others are told to adapt more, or with DoRA.

Usage, from the folder engine: python3 src/test/resources/adapter/make_initial.py src/test/resources/adapter/initial.json
"""

import json
import sys
from pathlib import Path

import mlx.core as mx
from mlx.utils import tree_flatten
from mlx_lm.tuner.utils import linear_to_lora_layers
from mlx_lm.utils import load_model

FIXTURES = Path("src/test/resources/fixtures")
RANK = 3
OTHERS = {
    "dora": ("llama", "dora", -1, None),
    "doraOnPackedWeights": ("llama-8bit-g32", "dora", 2, None),
    "doraOfAnEmbedding": ("qwen2-embedding", "dora", 2, ["self_attn.o_proj", "self_attn.q_proj", "model.embed_tokens"]),
    "embedding": ("qwen2-embedding", "lora", 1, ["model.embed_tokens", "mlp.down_proj", "model.layers.0.mlp.up_proj"]),
    "packedEmbedding": ("llama-4bit", "lora", 1, ["model.embed_tokens", "self_attn.v_proj"]),
    "experts": ("qwen3_moe", "lora", -1, ["mlp.switch_mlp.down_proj", "mlp.switch_mlp.gate_proj", "mlp.gate", "lm_head"]),
}


def case(fixture, kind, layers, keys, seed):
    told = json.loads((FIXTURES / fixture / "expected.json").read_text()).get("model_config") or {}
    model, _ = load_model(FIXTURES / fixture / "model", model_config=told)
    mx.random.seed(seed)
    model.freeze()
    settings = {"rank": RANK, "scale": 20.0, "dropout": 0.0}
    if keys:
        settings["keys"] = keys
    linear_to_lora_layers(model, layers, settings, use_dora=kind == "dora")
    tensors = {name: [tensor.shape, tensor.reshape(-1)[0].item(), tensor.reshape(-1)[-1].item()]
               for name, tensor in sorted(tree_flatten(model.trainable_parameters()))}
    return {"fixture": fixture, "type": kind, "num_layers": layers, "keys": keys, "seed": seed, "tensors": tensors}


def main(out):
    mx.set_default_device(mx.cpu)
    plain = sorted(each.name for each in FIXTURES.iterdir() if (each / "expected.json").exists())
    cases = {name: case(name, "lora", 2, None, 11 + i) for i, name in enumerate(plain)}
    cases |= {name: case(*settings, 5) for name, settings in OTHERS.items()}
    Path(out).write_text(json.dumps(cases, separators=(",", ":")).replace('],"', '],\n"') + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
