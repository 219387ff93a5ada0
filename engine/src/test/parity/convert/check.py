"""Compares 'mlx convert' with mlx-lm's own convert: every tensor bit for bit, names, files and config.json, and the
logits that mlx-lm computes with both results.

Usage: python check.py MODELS [--mlx COMMAND] [--only NAME...] [--case NAME...]

MODELS holds a folder NAME/model for each model, as engine/src/test/parity/make.py writes them. COMMAND is the engine's
command line (engine/bin/mlx). Prints a table and exits with 1 where anything differs.
It needs mlx-lm 0.32.2: pip install mlx-lm==0.32.2
"""

import argparse
import contextlib
import io
import json
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

import mlx.core as mx
from mlx_lm.convert import convert
from mlx_lm.utils import load_model

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from mlxlm import experts_without_global_scale  # noqa: E402

MODES = {"mxfp4": {"q_mode": "mxfp4"}, "mxfp8": {"q_mode": "mxfp8"}, "nvfp4": {"q_mode": "nvfp4"}}
RECIPES = ["mixed_2_6", "mixed_3_4", "mixed_3_6", "mixed_4_6"]
DTYPES = ["float16", "bfloat16", "float32"]


def cases():
    found = {"plain": {}, "dequantize": {"dequantize": True}, "q": {"quantize": True}}
    for bits in (2, 3, 4, 5, 6, 8):
        for size in (32, 64, 128):
            found[f"q{bits}-g{size}"] = {"quantize": True, "q_bits": bits, "q_group_size": size}
    for name, mode in MODES.items():
        found[name] = {"quantize": True, **mode}
    for recipe in RECIPES:
        # Without a size mlx-lm writes "group_size": null, which not all of its own layers take.
        found[recipe] = {"quantize": True, "quant_predicate": recipe, "q_group_size": 64}
    for dtype in DTYPES:
        found[dtype] = {"dtype": dtype}
        found[f"q-{dtype}"] = {"quantize": True, "dtype": dtype}
        found[f"mxfp4-{dtype}"] = {"quantize": True, "q_mode": "mxfp4", "dtype": dtype}
    return found


def flags(options):
    words = []
    for name, value in options.items():
        words.append("--" + name.replace("_", "-"))
        if value is not True:
            words.append(str(value))
    return words


def tensors(folder):
    found = {}
    for file in sorted(folder.glob("model*.safetensors")):
        found.update(mx.load(str(file)))
    return found


def logits(folder):
    model, config = load_model(folder)
    length = min(24, config.get("max_position_embeddings", 24))
    tokens = (mx.arange(length)[None] * 7 + 3) % config["vocab_size"]
    return model(tokens).astype(mx.float32)


def differences(ours, theirs):
    a, b = tensors(ours), tensors(theirs)
    if a.keys() != b.keys():
        yield f"names differ: {sorted(a.keys() ^ b.keys())[:3]}"
    wrong = [
        name
        for name in a.keys() & b.keys()
        if a[name].dtype != b[name].dtype
        or a[name].shape != b[name].shape
        or not mx.array_equal(a[name].view(mx.uint8), b[name].view(mx.uint8)).item()
    ]
    if wrong:
        yield f"{len(wrong)} tensors differ: {sorted(wrong)[:3]}"
    config, expected = (json.loads((each / "config.json").read_text()) for each in (ours, theirs))
    if config != expected:
        yield "config.json differs"
    index, right = (json.loads((each / "model.safetensors.index.json").read_text()) for each in (ours, theirs))
    if config["model_type"] == "gpt_oss":
        # mlx-lm's count leaves out the attention sinks.
        del index["metadata"]["total_parameters"], right["metadata"]["total_parameters"]
    if index != right:
        yield "model.safetensors.index.json differs"
    # transformers puts the template of tokenizer_config.json into a file of its own; the engine leaves it there.
    if "chat_template" in json.loads((ours / "tokenizer_config.json").read_text()):
        ours.joinpath("chat_template.jinja").touch()
    missing = {f.name for f in theirs.iterdir()} - {f.name for f in ours.iterdir()} - {"README.md"}
    if missing:
        yield f"files lacking: {sorted(missing)}"
    if not mx.array_equal(logits(ours), logits(theirs), equal_nan=True).item():
        yield "logits differ"


def theirs_of(model, folder, options):
    """None, or why mlx-lm cannot."""
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            convert(str(model), str(folder), **options)
        logits(folder)
    except Exception as e:  # what mlx-lm refuses, the engine may refuse too
        return f"{type(e).__name__}: {e}"
    return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("models", type=Path)
    parser.add_argument("--mlx", default=str(HERE.parents[3] / "bin" / "mlx"))
    parser.add_argument("--only", nargs="*")
    parser.add_argument("--case", nargs="*")
    args = parser.parse_args()
    experts_without_global_scale()
    chosen = {name: options for name, options in cases().items() if not args.case or name in args.case}
    bad = 0
    compared = 0
    with tempfile.TemporaryDirectory() as temporary:
        for path in sorted(args.models.glob("*/model")):
            name = path.parent.name
            if args.only and name not in args.only:
                continue
            for case, options in chosen.items():
                ours = Path(temporary) / name / case / "ours"
                theirs = Path(temporary) / name / case / "theirs"
                refused = theirs_of(path, theirs, options)
                run = subprocess.run(
                    [*shlex.split(args.mlx), "convert", "--model", path, "--mlx-path", ours, *flags(options)],
                    capture_output=True,
                    text=True,
                )
                if refused:
                    # Where mlx-lm fails there is nothing to compare; that the engine says why is enough.
                    verdict = "mlx-lm refuses" if run.returncode else "mlx-lm refuses, the engine does not"
                    print(f"{name:24} {case:16} {verdict}: {run.stderr.strip() or refused}"[:150])
                    continue
                compared += 1
                found = list(differences(ours, theirs)) if run.returncode == 0 else [run.stderr.strip()]
                bad += bool(found)
                print(f"{name:24} {case:16} {'; '.join(found) or 'the same'}", flush=True)
    print(f"{compared} compared, {bad} differ")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
