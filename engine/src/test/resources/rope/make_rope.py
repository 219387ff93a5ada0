"""Logits of mlx-lm 0.32.2 for the llama fixture under other rope scalings.

Usage: python make_rope.py FIXTURES OUT
"""

import json
import shutil
import sys
import tempfile
from pathlib import Path

import mlx.core as mx
from mlx_lm.utils import load_model

fixtures, out = Path(sys.argv[1]), Path(sys.argv[2])
ids = json.loads((fixtures / "llama/expected.json").read_text())["prompt_ids"][:1]
scalings = {
    "llama3": {"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
               "original_max_position_embeddings": 64},
    "linear": {"type": "linear", "factor": 4.0},
}
for name, scaling in scalings.items():
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(fixtures / "llama/model", folder, dirs_exist_ok=True)
        config = json.loads((Path(folder) / "config.json").read_text())
        (Path(folder) / "config.json").write_text(json.dumps(dict(config, rope_scaling=scaling)))
        model, _ = load_model(Path(folder))
        mx.save_safetensors(str(out / f"{name}.safetensors"), {"logits": model(mx.array(ids))})
