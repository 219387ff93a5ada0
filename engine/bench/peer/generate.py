"""Generates with mlx-lm. Usage: python generate.py MODEL TOKENS PROMPT..., each prompt a file of text.

One prompt goes through stream_generate, several through batch_generate. Prints a line of JSON with mlx-lm's own rates.
A short warm-up comes first: MLX calls the C++ compiler for what it fuses.
"""

import json
import sys
from pathlib import Path

import mlx.core as mx
from mlx_lm import batch_generate, load, stream_generate

model, tokenizer = load(sys.argv[1])
tokens = int(sys.argv[2])
prompts = [tokenizer.encode(Path(file).read_text(encoding="utf-8"), add_special_tokens=False) for file in sys.argv[3:]]


def generate(prompts, tokens):
    if len(prompts) > 1:
        stats = batch_generate(model, tokenizer, prompts, max_tokens=tokens).stats
        # mlx-lm computes the last token of each prompt with the first new one, and leaves it out of its count.
        return {"prompt_tokens": sum(map(len, prompts)), "prompt_tps": stats.prompt_tps,
                "generation_tokens": stats.generation_tokens, "generation_tps": stats.generation_tps}
    for last in stream_generate(model, tokenizer, prompts[0], max_tokens=tokens):
        pass
    return {"prompt_tokens": last.prompt_tokens, "prompt_tps": last.prompt_tps,
            "generation_tokens": last.generation_tokens, "generation_tps": last.generation_tps}


generate([prompt[:8] for prompt in prompts], 2)
mx.reset_peak_memory()
print(json.dumps({**generate(prompts, tokens), "peak_memory": mx.get_peak_memory() / 1e9}))
