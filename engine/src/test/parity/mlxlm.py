"""mlx-lm's side of a case: loading its folder, its rows and what is trained, with repairs where mlx-lm 0.32.2 stumbles."""

import json
import shutil
import tempfile
import types
from pathlib import Path

import mlx.core as mx
from mlx_lm.tuner import dora
from mlx_lm.tuner.datasets import CacheDataset, create_dataset
from mlx_lm.tuner.utils import linear_to_lora_layers
from mlx_lm.utils import load_model, load_tokenizer


def repair():
    """Repairs what keeps mlx-lm 0.32.2 from running a case at all; its numbers are its own.

    Compiling is switched off: for a CPU it calls g++ for each shape, many seconds a case.
    """
    mx.disable_compile()
    right_width_of_dora()
    experts_without_global_scale()


def right_width_of_dora():
    """DoRA counts the inputs of a layer of 3, 5 or 6 bits as packed words times 32 // bits; its LoRA is right."""
    original = dora.DoRALinear.from_base

    def from_base(linear, r=8, dropout=0.0, scale=20.0):
        bits = getattr(linear, "bits", 32)
        if 32 % bits == 0:
            return original(linear, r, dropout, scale)
        outputs, packed = linear.weight.shape
        layer = dora.DoRALinear(packed * 32 // bits, outputs, r=r, dropout=dropout, scale=scale)
        layer.set_linear(linear)
        return layer

    dora.DoRALinear.from_base = staticmethod(from_base)


def experts_without_global_scale():
    """Quantized experts pass a global_scale of None, which gather_qmm of MLX 0.32.2 does not take."""
    original = mx.gather_qmm

    def gather_qmm(*arguments, global_scale=None, **named):
        if global_scale is not None:
            raise ValueError("MLX 0.32.2 multiplies no experts with a global scale")
        return original(*arguments, **named)

    mx.gather_qmm = gather_qmm


def load(folder, told):
    """A model and its tokenizer.

    The tokenizer is read from a folder without config.json, which transformers would check by its own rules.
    """
    model, config = load_model(folder, model_config=told)
    with tempfile.TemporaryDirectory() as alone:
        for name in ("tokenizer.json", "tokenizer_config.json"):
            shutil.copy(folder / name, alone)
        return model, load_tokenizer(Path(alone), eos_token_ids=config["eos_token_id"])


def prepare(model, training):
    """Makes the parameters of a run trainable, as mlx-lm's lora command does."""
    model.freeze()
    if training["type"] == "full":
        for layer in model.layers[-max(training["num_layers"], 0):]:
            layer.unfreeze()
    else:
        linear_to_lora_layers(model, training["num_layers"], training["lora_parameters"], use_dora=training["type"] == "dora")


def datasets(folder, tokenizer, masked):
    """The rows of train and valid."""
    settings = types.SimpleNamespace(mask_prompt=masked)
    rows = lambda name: [json.loads(line) for line in open(folder / f"{name}.jsonl")]
    return [CacheDataset(create_dataset(rows(name), tokenizer, settings)) for name in ("train", "valid")]
