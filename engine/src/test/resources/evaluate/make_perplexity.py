"""What mlx_lm.perplexity says of the fixture's model on local rows.

Usage: python make_perplexity.py   (with mlx-lm; reads ../fixtures/llama, writes perplexity.json beside it)

mlx-lm reads a dataset of the Hugging Face Hub; here its loader is given the rows of a local file instead. Everything
after that is its own: load_data and eval_ppl.
"""

import json
from pathlib import Path
from types import SimpleNamespace

import numpy as np
from mlx_lm import load
from mlx_lm import perplexity
from mlx_lm.tuner.datasets import create_dataset

HERE = Path(__file__).parent
FIXTURE = HERE.parent / "fixtures" / "llama"

CASES = [
    {"data": "train.jsonl", "sequence_length": 32, "num_samples": 6, "batch_size": 4, "seed": 123},
    {"data": "train.jsonl", "sequence_length": 17, "num_samples": 12, "batch_size": 8, "seed": 7},
    {"data": "valid.jsonl", "sequence_length": 20, "num_samples": 3, "batch_size": 1, "seed": 0},
]


def main():
    model, tokenizer = load(str(FIXTURE / "model"))
    results = []
    for case in CASES:
        rows = [json.loads(line) for line in (FIXTURE / "data" / case["data"]).read_text().splitlines()]
        dataset = create_dataset(rows, tokenizer, SimpleNamespace())
        perplexity.load_dataset = lambda args, tokenizer: (dataset, None, None)
        np.random.seed(case["seed"])
        data = perplexity.load_data(tokenizer, "", case["num_samples"], case["sequence_length"])
        value, error = perplexity.eval_ppl(model, data, case["batch_size"])
        results.append({**case, "sequences": len(data), "perplexity": value, "standard_error": error})
    (HERE / "perplexity.json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
