"""What the task metrics must give: token F1 by its definition for SQuAD, ROUGE-L by the package rouge-score, bootstrap
intervals by numpy.

Usage: python make_metrics.py   (with rouge-score and numpy; writes metrics.json beside it)
"""

import json
import random
import re
import string
from collections import Counter
from pathlib import Path

import numpy as np
from rouge_score import rouge_scorer

HERE = Path(__file__).parent

PAIRS = [
    ("The printer on floor two is jammed.", "the printer on floor 2 is jammed"), ("", ""), ("", "x"), ("a the", "an"),
    ("Open the door, then a window!", "open door; open window"), ("one two three four", "four three two one"),
    ("It's 10:30 - don't wait.", "its 1030 dont wait"), ("Größe naïve café", "grosse naive cafe"),
    ("日本語 の テキスト", "日本語 テキスト"), ("theatre an-the-a", "theatre antHEa"), ("x\u00a0y\tz\n", "x y z"),
    ("İstanbul STRASSE", "istanbul strasse"), ("“quoted” — dash", "quoted dash"), ("repeat repeat repeat", "repeat"),
    ("$5.00 & 10%", "5 00 10"), ("snake_case kebab-case", "snake case kebab case"), ("!!!", "???"),
]


def generated(count):
    rng = random.Random(11)
    words = "the a printer Badge fails, (twice) on Monday. floor two 2 ticket; opened closed é ü".split()
    for _ in range(count):
        yield tuple(" ".join(rng.choice(words) for _ in range(rng.randrange(0, 14))) for _ in range(2))


def words(text):
    text = "".join(c for c in text.lower() if c not in set(string.punctuation))
    return re.sub(r"\b(a|an|the)\b", " ", text).split()


def token_f1(expected, answer):
    wanted, given = words(expected), words(answer)
    if not wanted or not given:
        return float(wanted == given)
    shared = sum((Counter(wanted) & Counter(given)).values())
    if shared == 0:
        return 0.0
    precision, recall = shared / len(given), shared / len(wanted)
    return 2 * precision * recall / (precision + recall)


def interval(values, resamples, seed):
    np.random.seed(seed)
    drawn = np.random.randint(0, len(values), (resamples, len(values)))
    means = np.array(values)[drawn].mean(axis=1)
    return [float(np.mean(values)), float(np.quantile(means, 0.025)), float(np.quantile(means, 0.975))]


def main():
    scorer = rouge_scorer.RougeScorer(["rougeL"], use_stemmer=False)
    pairs = [
        {"expected": e, "answer": a, "token_f1": token_f1(e, a), "rouge_l": scorer.score(e, a)["rougeL"].fmeasure}
        for e, a in PAIRS + list(generated(60))]
    rng = random.Random(5)
    bootstraps = []
    for count, resamples, seed in ((1, 10, 0), (2, 100, 1), (30, 1000, 0), (64, 999, 42), (100, 500, 4294967295)):
        values = [rng.choice([0.0, 1.0, round(rng.random(), 3)]) for _ in range(count)]
        bootstraps.append({
            "values": values, "resamples": resamples, "seed": seed, "estimate": interval(values, resamples, seed)})
    text = json.dumps({"pairs": pairs, "bootstraps": bootstraps}, indent=1)
    (HERE / "metrics.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
