"""What mlx-lm samples from the fixture's model, with each of its samplers and penalties.

Usage: python make_sampling.py   (with mlx-lm; reads ../fixtures/llama, writes sampling.json beside it)

The seed is set right before generating, as mlx-lm's own command line would do if loading a model drew no random numbers.
"""

import json
from pathlib import Path

import mlx.core as mx
from mlx_lm import load
from mlx_lm.generate import generate_step
from mlx_lm.sample_utils import make_logits_processors, make_sampler

HERE = Path(__file__).parent
FIXTURE = HERE.parent / "fixtures" / "llama"
TOKENS = 32

SAMPLERS = [
    {"temp": 1.0}, {"temp": 0.7}, {"temp": 2.5}, {"temp": 1.0, "top_p": 0.9}, {"temp": 1.3, "top_p": 0.3},
    {"temp": 1.0, "min_p": 0.1}, {"temp": 2.0, "min_p": 0.9, "min_tokens_to_keep": 6}, {"temp": 1.0, "top_k": 5},
    {"temp": 1.5, "top_k": 1}, {"temp": 1.0, "xtc_probability": 0.5, "xtc_threshold": 0.05, "xtc_special_tokens": [2, 7]},
    {"temp": 1.0, "xtc_probability": 1.0, "xtc_threshold": 0.02},
    {"temp": 1.2, "top_p": 0.95, "min_p": 0.02, "top_k": 40, "xtc_probability": 0.3, "xtc_threshold": 0.1},
]
PENALTIES = [
    {"repetition_penalty": 1.3}, {"repetition_penalty": 1.8, "repetition_context_size": 4}, {"presence_penalty": 0.8},
    {"frequency_penalty": 0.5}, {"frequency_penalty": 1.5, "frequency_context_size": 6},
    {"repetition_penalty": 1.1, "presence_penalty": 0.3, "presence_context_size": 50, "frequency_penalty": 0.2},
]


def main():
    model, _ = load(str(FIXTURE / "model"))
    prompt = json.loads((FIXTURE / "expected.json").read_text())["prompt_ids"][0]
    cases = []
    for sampler in [{"temp": 0.0}] + SAMPLERS:
        for penalty in [{}] + (PENALTIES if sampler in ({"temp": 0.0}, {"temp": 0.7}) else []):
            for seed in (0, 7, 123):
                if sampler["temp"] == 0 and seed > 0:
                    continue
                mx.random.seed(seed)
                steps = generate_step(
                    mx.array(prompt), model, max_tokens=TOKENS, sampler=make_sampler(**sampler),
                    logits_processors=make_logits_processors(**penalty), prefill_step_size=8)
                cases.append({
                    "sampler": sampler, "penalty": penalty, "seed": seed, "tokens": [token for token, _ in steps]})
    lines = ",\n".join(json.dumps(case) for case in cases)
    (HERE / "sampling.json").write_text(
        '{"prompt": ' + json.dumps(prompt) + ', "cases": [\n' + lines + "\n]}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
