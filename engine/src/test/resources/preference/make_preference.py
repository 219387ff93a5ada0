"""What a model before and after training finds of pairs of answers, and the DPO and ORPO losses of that.

The log-probabilities come from mlx-lm's logits, one row at a time; losses are computed with NumPy in float64. Writes
expected.json and gradients.safetensors (gradients of the mean loss over all pairs, by mlx) beside this file, for the rows
of preferences.jsonl, the model of fixtures/llama-masked as reference, and its trained adapter as policy.

Usage: python make_preference.py
"""

import json
from pathlib import Path

import mlx.core as mx
import numpy as np
from mlx.utils import tree_flatten
from mlx_lm import load

HERE = Path(__file__).parent
FIXTURE = HERE.parent / "fixtures" / "llama-masked"
BETAS = [0.01, 0.1, 0.5, 2.0]


def messages(pair, answer):
    return [{"role": "user", "content": pair["prompt"]}, {"role": "assistant", "content": pair[answer]}]


def tokens(tokenizer, pair, answer):
    whole = messages(pair, answer)
    prompt = tokenizer.apply_chat_template(whole[:1], add_generation_prompt=True, return_dict=False)
    return tokenizer.apply_chat_template(whole, return_dict=False), len(prompt)


def log_probabilities(model, ids, prompt):
    logits = np.array(model(mx.array([ids[:-1]]))[0].astype(mx.float32)).astype(np.float64)
    top = logits.max(-1, keepdims=True)
    scores = logits - top - np.log(np.exp(logits - top).sum(-1, keepdims=True))
    return scores[np.arange(prompt - 1, len(ids) - 1), ids[prompt:]]


def softplus(x):
    return np.logaddexp(0, x)


def log_odds(x):
    return x - np.log1p(-np.exp(x))


def losses(pairs):
    out = []
    for beta in BETAS:
        dpo, orpo = [], []
        for pair in pairs:
            chosen, rejected = pair["chosen"], pair["rejected"]
            gained = [each["sum"] - each["reference"] for each in (chosen, rejected)]
            dpo.append({
                "loss": softplus(-beta * (gained[0] - gained[1])), "rewards": [beta * each for each in gained]})
            ratio = log_odds(chosen["mean"]) - log_odds(rejected["mean"])
            orpo.append({
                "loss": -chosen["mean"] + beta * softplus(-ratio),
                "rewards": [beta * chosen["mean"], beta * rejected["mean"]]})
        out.append({"beta": beta, "dpo": dpo, "orpo": orpo})
    return out


def gradients(model, rows, references):
    def answer_scores(model, ids, prompt):
        logits = model(mx.array([ids[:-1]]))[0]
        scores = logits - mx.logsumexp(logits, axis=-1, keepdims=True)
        return mx.take_along_axis(scores, mx.array(ids[1:])[:, None], axis=-1)[prompt - 1:, 0]

    def dpo(model):
        total = 0
        for pair, reference in zip(rows, references):
            gained = [answer_scores(model, *row).sum() - known for row, known in zip(pair, reference)]
            total = total - mx.log(mx.sigmoid(0.1 * (gained[0] - gained[1])))
        return total / len(rows)

    def orpo(model):
        total = 0
        for pair in rows:
            means = [answer_scores(model, *row).mean() for row in pair]
            odds = [x - mx.log(1 - mx.exp(x)) for x in means]
            total = total - means[0] - 0.25 * mx.log(mx.sigmoid(odds[0] - odds[1]))
        return total / len(rows)

    out = {}
    for name, loss in (("dpo", dpo), ("orpo", orpo)):
        model.freeze()
        model.unfreeze(keys=["lora_a", "lora_b"], strict=False)
        grads = dict(tree_flatten(mx.grad(lambda p: loss(model.update(p) or model))(model.trainable_parameters())))
        mx.eval(grads)
        out.update({f"{name}.{key}": value for key, value in grads.items()})
    return out


def main():
    base, tokenizer = load(str(FIXTURE / "model"))
    policy, _ = load(str(FIXTURE / "model"), adapter_path=str(FIXTURE / "adapter-end"))
    pairs = [json.loads(line) for line in (HERE / "preferences.jsonl").read_text().splitlines()]
    rows = [[tokens(tokenizer, pair, answer) for answer in ("chosen", "rejected")] for pair in pairs]
    measured = []
    for pair in rows:
        entry = {}
        for answer, (ids, prompt) in zip(("chosen", "rejected"), pair):
            scores = log_probabilities(policy, ids, prompt)
            entry[answer] = {
                "tokens": ids, "prompt": prompt, "sum": scores.sum(), "mean": scores.mean(),
                "reference": log_probabilities(base, ids, prompt).sum()}
        measured.append(entry)
    expected = {"pairs": measured, "losses": losses(measured)}
    (HERE / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")
    references = [[each[answer]["reference"] for answer in ("chosen", "rejected")] for each in measured]
    mx.save_safetensors(str(HERE / "gradients.safetensors"), gradients(policy, rows, references))


if __name__ == "__main__":
    main()
