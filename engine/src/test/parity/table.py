"""Prints the table of a seed: the engine's figures, and what mlx-lm computes with the adapters that the engine trained.

Usage: python table.py OUT CASE...

Exits with 1 where a figure is off, or where the engine cannot do what mlx-lm can.
"""

import contextlib
import io
import json
import sys
from pathlib import Path

import mlxlm
from mlx_lm.tuner.trainer import evaluate
from mlx_lm.tuner.utils import load_adapters

COLUMNS = ("logits", "argmax", "greedy", "cached", "train", "valid", "rate", "tokens", "weights", "mlx-lm")


def figures_of(out):
    """The last line of each case in the engine's file of figures."""
    lines = {}
    file = out / "figures.jsonl"
    for line in file.read_text().splitlines() if file.exists() else ():
        read = json.loads(line)
        for figure in read.get("figures", ()):
            figure["value"] = float(figure["value"])  # what is not a number stands there as text
        lines[read["case"]] = read
    return lines


def loss_in_mlx_lm(home, expected, adapter):
    model, tokenizer = mlxlm.load(home / "model", expected["model_config"])
    training = expected["training"]
    load_adapters(model, str(home / adapter))
    valid = mlxlm.datasets(home / "data", tokenizer, training["mask_prompt"])[1]
    with contextlib.redirect_stdout(io.StringIO()):
        return evaluate(model, valid, training["batch_size"], -1, training["max_seq_length"])


def with_our_adapter(home, expected):
    """How far mlx-lm's validation loss with the engine's adapter is from that with its own, relative to it."""
    theirs = loss_in_mlx_lm(home, expected, "adapter-end")
    ours = loss_in_mlx_lm(home, expected, "adapter-ours")
    quantized = "quantization" in json.loads((home / "model" / "config.json").read_text())
    return {"name": "mlx-lm", "value": abs(ours - theirs) / theirs, "limit": 5e-3 if quantized else 1e-3}


def judged(home, line):
    """The figures of a case, a verdict, and a note."""
    expected = json.loads((home / "expected.json").read_text())
    figures = list(line.get("figures", ()))
    note = expected["special"]
    verdict = "ok"
    if "figures" not in line:
        verdict, note = "off", "the engine's process ended" if line else "the engine has not run this case"
    elif "failed" in line:
        verdict, note = "off", line["failed"]
    elif "unsupported" in line:
        verdict, note = "unsupported", line["unsupported"]
    elif any(figure["name"] == "weights" for figure in figures):
        try:
            figures.append(with_our_adapter(home, expected))
        except Exception as failure:  # whatever it is that mlx-lm does not like about the adapter
            verdict, note = "off", f"mlx-lm does not take the adapter: {failure}"
    if verdict == "ok" and not all(figure["value"] <= figure["limit"] for figure in figures):
        verdict = "off"
    if "unable" in expected:
        verdict, note = ("ok" if verdict == "ok" else "beyond"), "mlx-lm cannot: " + expected["unable"]
    return {figure["name"]: figure for figure in figures}, verdict, note


def shown(figure):
    if figure is None:
        return "-"
    value = figure["value"]
    text = "0" if value == 0 else f"{value:.0f}" if figure["limit"] == 0 else f"{value:.0e}"
    return text if value <= figure["limit"] else text + "!"


def main():
    out, names = Path(sys.argv[1]), sys.argv[2:]
    mlxlm.repair()
    lines = figures_of(out)
    counts = {"ok": 0, "off": 0, "unsupported": 0, "beyond": 0}
    print(f"{'case':28}" + "".join(f"{column:>9}" for column in COLUMNS) + "  verdict")
    for name in names:
        figures, verdict, note = judged(out / name, lines.get(name, {}))
        counts[verdict] += 1
        row = "".join(f"{shown(figures.get(column)):>9}" for column in COLUMNS)
        print(f"{name:28}{row}  {verdict:11}  {' '.join(note.split())[:160]}", flush=True)
    print(f"\n{len(names)} cases: {counts['ok']} ok, {counts['off']} off, {counts['unsupported']} unsupported by the engine"
          f", {counts['beyond']} beyond mlx-lm")
    print("logits: largest difference (1e-3). argmax, greedy, cached, tokens: how many differ (0). train, valid, mlx-lm:\n"
          "relative difference of losses, the last with the engine's adapter in mlx-lm (1e-3; quantized 5e-3). rate: of\n"
          "learning rates (1e-9). weights: distance from mlx-lm's, relative to how far they moved (2e-2).")
    sys.exit(1 if counts["off"] or counts["unsupported"] else 0)


if __name__ == "__main__":
    main()
