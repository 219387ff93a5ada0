"""What mlx-lm 0.32.2's fuse makes of the adapters of some fixtures, with and without dequantizing.

Writes fused.json: for each case the tensors of the fused folder by name, as [type, shape, CRC-32 of the bytes, some of the
values, evenly spaced]. A base that no fixture has is made of one with mlx-lm's convert, by the settings under "convert".

Usage, from the folder engine: python3 src/test/resources/adapter/make_fused.py src/test/resources/adapter/fused.json
"""

import json
import sys
import tempfile
import zlib
from pathlib import Path

import mlx.core as mx
import numpy as np
from mlx.utils import tree_flatten, tree_unflatten
from mlx_lm.tuner.utils import load_adapters
from mlx_lm.utils import dequantize_model, load_model, quantize_model

FIXTURES = Path("src/test/resources/fixtures")
VALUES = 8
MXFP4 = {"mode": "mxfp4", "bits": 4, "group_size": 32}
NVFP4 = {"mode": "nvfp4", "bits": 4, "group_size": 16}
FOUR = {"mode": "affine", "bits": 4, "group_size": 32}
SIX = {"mode": "affine", "bits": 6, "group_size": 64}
CASES = {
    "llama": ("llama", {}),
    "llama-bfloat16": ("llama", {"dtype": "bfloat16"}),
    "llama-full": ("llama-full", {}),
    "llama-dora": ("llama-dora", {}),
    "llama-dora-bfloat16": ("llama-dora", {"dtype": "bfloat16"}),
    "llama-dora-4bit": ("llama-dora", FOUR),
    "llama-4bit": ("llama-4bit", {}),
    "llama-8bit-g32": ("llama-8bit-g32", {}),
    "llama-6bit": ("llama", SIX),
    "llama-mxfp4": ("llama", MXFP4),
    "llama-nvfp4": ("llama", NVFP4),
    "qwen3_moe": ("qwen3_moe", {}),
    "qwen3_moe-4bit": ("qwen3_moe", FOUR),
    "qwen3_moe-mxfp4": ("qwen3_moe", MXFP4),
    "qwen2-embedding": ("qwen2-embedding", {}),
    "qwen2-embedding-4bit": ("qwen2-embedding", FOUR),
}


def load(fixture, convert):
    told = json.loads((fixture / "expected.json").read_text()).get("model_config") or {}
    model, config = load_model(fixture / "model", model_config=told)
    if "dtype" in convert:
        model.set_dtype(getattr(mx, convert["dtype"]))
    if "mode" in convert:
        model, config = quantize_model(model, config, convert["group_size"], convert["bits"], convert["mode"])
    return load_adapters(model, str(fixture / "adapter-end"))


def fuse(model, dequantize):
    fused = [(name, module.fuse(dequantize=dequantize)) for name, module in model.named_modules() if hasattr(module, "fuse")]
    if fused:
        model.update_modules(tree_unflatten(fused))
    return dequantize_model(model) if dequantize else model


def described(folder, model):
    file = Path(folder) / "model.safetensors"
    mx.save_safetensors(str(file), dict(tree_flatten(model.parameters())))
    content = file.read_bytes()
    start = 8 + int.from_bytes(content[:8], "little")
    tensors = {}
    for name, header in sorted(json.loads(content[8:start]).items()):
        if name != "__metadata__":
            first, last = (start + offset for offset in header["data_offsets"])
            tensors[name] = [header["dtype"], header["shape"], zlib.crc32(content[first:last]),
                             values(header["dtype"], content[first:last])]
    return tensors


def values(kind, content):
    if kind == "BF16":
        numbers = (np.frombuffer(content, np.uint16).astype(np.uint32) << 16).view(np.float32)
    else:
        numbers = np.frombuffer(content, {"F32": np.float32, "F16": np.float16, "U32": np.uint32, "U8": np.uint8}[kind])
    return [float(f"{each:.8g}") if numbers.dtype.kind == "f" else int(each)
            for each in (numbers[i * len(numbers) // VALUES] for i in range(VALUES))]


def main(out):
    mx.set_default_device(mx.cpu)
    cases = {}
    for name, (fixture, convert) in CASES.items():
        case = {"fixture": fixture, "convert": convert}
        packed = "mode" in convert or "bit" in fixture
        for kind in ("fused", "dequantized") if packed else ("fused",):
            with tempfile.TemporaryDirectory() as folder:
                case[kind] = described(folder, fuse(load(FIXTURES / fixture, convert), kind == "dequantized"))
        cases[name] = case
        print(name, flush=True)
    lines = json.dumps(cases, separators=(",", ":")).replace('},"', '},\n"').replace('],"', '],\n"')
    Path(out).write_text(lines + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
