"""What mlx-lm generates with rotating, packed and stored caches, and with a draft model.

Usage: python make_caches.py   (with mlx-lm; reads ../fixtures, writes caches.json and cache-*.safetensors beside it)
"""

import json
from pathlib import Path

import mlx.core as mx
from mlx_lm import load
from mlx_lm.generate import generate_step, speculative_generate_step
from mlx_lm.models.cache import load_prompt_cache, make_prompt_cache, save_prompt_cache
from mlx_lm.sample_utils import make_sampler

HERE = Path(__file__).parent
FIXTURES = HERE.parent / "fixtures"
TOKENS = 40


def prompts(name):
    first, second = json.loads((FIXTURES / name / "expected.json").read_text())["prompt_ids"][:2]
    return [first[:3], first, (first + second) * 3]


def tokens(model, prompt, **settings):
    return [token for token, _ in generate_step(mx.array(prompt), model, max_tokens=TOKENS, **settings)]


def rotating(name):
    model, _ = load(str(FIXTURES / name / "model"))
    for prompt in prompts(name):
        for size in (5, 16, 33):
            for step in (2048, 7):
                yield {
                    "model": name, "prompt": prompt, "max_kv_size": size, "prefill_step_size": step,
                    "tokens": tokens(model, prompt, max_kv_size=size, prefill_step_size=step)}


def packed(name):
    model, _ = load(str(FIXTURES / name / "model"))
    for prompt in prompts(name):
        for bits, group, start in ((8, 32, 0), (4, 32, 0), (4, 32, 20), (2, 32, 12), (3, 32, 0), (6, 32, 1000)):
            yield {
                "model": name, "prompt": prompt, "kv_bits": bits, "kv_group_size": group, "quantized_kv_start": start,
                "prefill_step_size": 16, "tokens": tokens(
                    model, prompt, kv_bits=bits, kv_group_size=group, quantized_kv_start=start, prefill_step_size=16)}


def stored(name):
    model, _ = load(str(FIXTURES / name / "model"))
    _, prompt, long = prompts(name)
    kinds = {
        "plain": ({}, {}), "packed": ({}, {"kv_bits": 8, "kv_group_size": 32, "quantized_kv_start": 0}),
        "rotating": ({"max_kv_size": 16}, {}), "short-rotating": ({"max_kv_size": 64}, {})}
    for kind, (size, packing) in kinds.items():
        cache = make_prompt_cache(model, **size)
        given = prompt if kind == "short-rotating" else long[:45]
        for _ in generate_step(mx.array(given), model, max_tokens=0, prompt_cache=cache, **packing):
            pass
        file = HERE / f"cache-{kind}.safetensors"
        save_prompt_cache(str(file), cache, {"model": name, "tokenizer_config": json.dumps({"trust_remote_code": None})})
        yield {
            "model": name, "prompt": prompt, "file": file.name, "prefill_step_size": 7,
            "tokens": tokens(model, prompt, prefill_step_size=7, prompt_cache=load_prompt_cache(str(file)), **packing)}


def drafted(name, other, packings, temps):
    model, _ = load(str(FIXTURES / name / "model"))
    draft, _ = load(str(FIXTURES / other / "model"))
    for prompt in prompts(name):
        for count in (1, 3, 5):
            for packing in packings:
                for temp in temps:
                    mx.random.seed(7)
                    steps = list(speculative_generate_step(
                        mx.array(prompt), model, draft, num_draft_tokens=count, max_tokens=TOKENS, prefill_step_size=8,
                        sampler=make_sampler(temp=temp), **packing))
                    yield {
                        "model": name, "draft_model": other, "prompt": prompt, "num_draft_tokens": count, "temp": temp,
                        **packing, "prefill_step_size": 8, "tokens": [token for token, _, _ in steps],
                        "from_draft": sum(from_draft for _, _, from_draft in steps)}


def main():
    parts = {
        "rotating": list(rotating("qwen3")) + list(rotating("llama"))[-2:], "packed": list(packed("qwen3")),
        "stored": list(stored("qwen3")),
        "drafted": list(drafted("llama", "llama-4bit", [{}], [0.0, 0.7])) + list(drafted(
            "qwen3", "qwen3", [{"kv_bits": 8, "kv_group_size": 32, "quantized_kv_start": 10}], [0.0]))}
    lines = [
        json.dumps(part) + ": [\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]" for part, cases in parts.items()]
    (HERE / "caches.json").write_text("{" + ",\n".join(lines) + "}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
