"""Tokenizes rows with mlx-lm, with masks, as its training does. Usage: python prepare.py MODEL DATA

Prints a line of JSON: rows, tokens, and the tokens that are learned.
"""

import json
import sys
from pathlib import Path
from types import SimpleNamespace

from mlx_lm.tuner.datasets import CacheDataset, load_local_dataset
from mlx_lm.utils import load_tokenizer

tokenizer = load_tokenizer(Path(sys.argv[1]))
train, _, _ = load_local_dataset(Path(sys.argv[2]), tokenizer, SimpleNamespace(mask_prompt=True))
rows = CacheDataset(train)
processed = [rows[i] for i in range(len(rows))]
print(json.dumps({
    "rows": len(processed), "tokens": sum(len(ids) for ids, _ in processed),
    "learned": sum(len(ids) - prompt for ids, prompt in processed)}))
