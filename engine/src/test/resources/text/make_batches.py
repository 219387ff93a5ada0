"""What numpy and mlx-lm make of seeds, rows and batches.

Usage: python make_batches.py   (with mlx-lm; writes permutations.json, rows.json and batches.json beside it)
Run make_tokenizers.py before.
"""

import json
import random
import types
from pathlib import Path

import numpy as np
from mlx_lm.tokenizer_utils import load
from mlx_lm.tuner.datasets import CacheDataset, create_dataset
from mlx_lm.tuner.trainer import iterate_batches

HERE = Path(__file__).parent

ROWS = {
    "chat": [
        {"messages": [{"role": "user", "content": "Printer?"}, {"role": "assistant", "content": "Floor two \U0001f600."}]},
        {"messages": [
            {"role": "system", "content": "Be brief."}, {"role": "user", "content": "a"},
            {"role": "assistant", "content": "b"}, {"role": "user", "content": "c"},
            {"role": "assistant", "content": "d d d"}], "tools": [{"type": "function", "function": {"name": "ping"}}]},
        {"messages": [{"role": "user", "content": ""}, {"role": "assistant", "content": ""}], "tools": None},
    ],
    "completion": [
        {"prompt": "The badge", "completion": " fails on floor two."},
        {"prompt": "x", "completion": "y", "tools": [{"name": "t", "n": 1.5, "big": 12345678901234567890}]},
    ],
    "text": [{"text": "The router stops. <|end|>"}, {"text": "na\u00efve <|end|> in the middle"}, {"text": " spaces "}],
}


def permutations():
    out = []
    for seed in (0, 1, 7, 42, 2**31, 2**32 - 1):
        np.random.seed(seed)
        out.append({"seed": seed, "skip": 0, "orders": [
            [int(i) for i in np.random.permutation(n)] for n in (0, 1, 2, 3, 10, 100, 255, 256, 257, 1000)]})
    np.random.seed(3)
    for _ in range(50):
        last = np.random.permutation(100)
    out.append({"seed": 3, "skip": 49, "orders": [[int(i) for i in last]]})
    return out


def tokenized():
    out = []
    for name in ("bytes", "pieces"):
        folder = HERE / "tokenizers" / name
        tokenizer = load(folder)
        for kind, rows in ROWS.items():
            for mask in (False, True):
                if mask and kind == "text":
                    continue
                dataset = create_dataset(rows, tokenizer, types.SimpleNamespace(mask_prompt=mask))
                for row in rows:
                    tokens, offset = dataset.process(row)
                    out.append({
                        "tokenizer": name, "mask": mask, "row": row, "tokens": tokens, "prompt_tokens": offset})
    return out


class Fixed:
    """Rows that are tokens already; the number of keys is what mlx-lm sorts by."""

    def __init__(self, rows):
        self.rows = rows

    def __getitem__(self, i):
        return dict.fromkeys(range(self.rows[i]["keys"]), i)

    def process(self, d):
        row = self.rows[d[0]]
        return (list(row["tokens"]), row["prompt_tokens"])

    def __len__(self):
        return len(self.rows)


def batches():
    out = []
    for case, (count, size, longest, limit, seed, uniform) in enumerate([
            (8, 4, 40, 64, 0, True), (12, 3, 90, 64, 5, True), (10, 4, 40, 64, 7, True), (9, 2, 70, 33, 1, False),
            (4, 4, 31, 2048, 2, True), (7, 1, 33, 2048, 3, False), (40, 4, 100, 65, 11, False)]):
        rng = random.Random(case)
        rows = []
        for _ in range(count):
            tokens = [rng.randrange(1, 500) for _ in range(rng.randrange(2, longest))]
            rows.append({
                "tokens": tokens, "prompt_tokens": rng.randrange(0, len(tokens)),
                "keys": 1 if uniform else rng.randrange(1, 4)})
        np.random.seed(seed)
        training = iterate_batches(CacheDataset(Fixed(rows)), size, limit, loop=True)
        seen = []
        for step in range(3 * (count // size) + 1):
            seen.append(plain(next(training)))
            if step == 1:
                # An evaluation in between draws from the same generator, as in mlx-lm's trainer.
                evaluated = [plain(b) for b in iterate_batches(CacheDataset(Fixed(rows)), size, limit)]
        out.append({
            "rows": rows, "batch_size": size, "max_seq_length": limit, "seed": seed, "training": seen,
            "evaluated": evaluated})
    return out


def plain(batch):
    tokens, spans = batch
    return {"tokens": tokens.tolist(), "spans": spans.tolist()}


def main():
    for name, value in (
            ("permutations", permutations()), ("rows", tokenized()), ("batches", batches())):
        (HERE / f"{name}.json").write_text(json.dumps(value, ensure_ascii=True) + "\n")


if __name__ == "__main__":
    main()
