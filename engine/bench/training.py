"""The cases that train: supervised tokens per second of the whole process, the final loss, and memory."""

from dataclasses import dataclass

from case import GIGABYTE, Differs, Measured
from table import Metric

RATE = "supervised tokens/s"
PEAK = "peak memory of MLX, GB"
RSS = "peak memory of the process, GB"
LOSS = "final validation loss"


@dataclass(frozen=True)
class Training:
    """A case that trains. An unhurried peer is one that cannot finish: it has limit seconds, and only rates are compared."""

    name: str
    about: str
    duration: str
    model: str
    rows: str
    iterations: int
    quick_iterations: int
    rate: float
    memory: float
    flags: tuple = ()
    limit: int = 0

    def metrics(self, bench):
        found = [Metric(RATE, wanted=self.rate), Metric(PEAK, less_is_better=True, wanted=self.memory or None),
                 Metric(RSS, less_is_better=True)]
        return found if self.limit else [*found, Metric(LOSS, less_is_better=True)]

    def count(self, bench):
        return self.quick_iterations if bench.quick else self.iterations

    def words(self, bench):
        iterations = self.count(bench)
        return ["--train", "--model", bench.made.get(self.model), "--data", bench.made.get(self.rows),
                "--num-layers", 8, "--batch-size", 4, "--iters", iterations, "--mask-prompt", "--learning-rate", "1e-4",
                "--steps-per-report", 1 if self.limit else min(10, iterations), "--steps-per-eval", iterations,
                "--val-batches", -1, "--save-every", 1000, "--max-seq-length", 2048, "--seed", 0, *self.flags]

    def ours(self, bench):
        finished, lines = bench.engine.train(bench.work, self.words(bench))
        reports = [line for line in lines if "train_loss" in line]
        losses = [line["val_loss"] for line in lines if "val_loss" in line]
        tokens = reports[-1]["trained_tokens"]
        values = {RATE: tokens / finished.seconds, PEAK: reports[-1]["peak_memory"], RSS: finished.max_rss / GIGABYTE}
        if not self.limit:
            values[LOSS] = losses[-1]
        return Measured(values, facts={"tokens": tokens, "first": reports[0]["train_loss"], "loss": losses[-1]})

    def peer(self, bench, peer, as_installed):
        limit = bench.seconds if as_installed else self.limit
        finished, lines = peer.train(bench.work, self.words(bench), limit)
        first, last = next(line for line in lines if "train_loss" in line), lines[-1]
        values = {PEAK: last["peak_memory"], RSS: finished.max_rss / GIGABYTE}
        if limit:
            values[RATE] = last["supervised_tokens"] / last["seconds"]
            side = "peer as installed" if as_installed else "peer"
            note = f"{side}: {last['iterations']} of {self.count(bench)} iterations, without its start"
            return Measured(values, note, {"first": first["train_loss"]} if first["iteration"] == 1 else {})
        values[RATE] = last["supervised_tokens"] / finished.seconds
        values[LOSS] = [line["val_loss"] for line in lines if "val_loss" in line][-1]
        return Measured(values, facts={"tokens": last["supervised_tokens"], "first": first["train_loss"], "loss": values[LOSS]})

    def compare(self, ours, peer):
        """Both must have learned the same targets, to the same loss within 1 %."""
        if "tokens" in peer and ours["tokens"] != peer["tokens"]:
            raise Differs(f"{ours['tokens']} supervised tokens here, {peer['tokens']} in mlx-lm")
        compared = "loss" if "loss" in peer else "first"
        if compared in peer and not abs(ours[compared] - peer[compared]) <= 0.01 * peer[compared]:
            what = LOSS if compared == "loss" else "loss of the first iteration"
            raise Differs(f"{what} is {ours[compared]:.4f} here and {peer[compared]:.4f} in mlx-lm, more than 1 % apart")


CASES = (
    Training(
        "train", "200 rows of 60 to 450 tokens, a third of it completion; batch 4, LoRA rank 8 on the last 8 of 12 layers,"
        " prompt masked, 150 iterations, float32", "12 min a round, 2 min more with the peer as installed",
        "base", "rows", 150, 5, rate=4, memory=1),
    Training(
        "train-long", "the same with rows of 1,500 to 2,000 tokens and gradient checkpointing, 12 iterations",
        "40 min a round, 15 min more with the peer as installed", "base", "rows-long", 12, 2, rate=2.5, memory=1 / 0.7,
        flags=("--grad-checkpoint",)),
    Training(
        "train-4bit", "train with the model in 4 bits; the peer has two minutes for as many iterations as it manages",
        "5 min a round", "base-4bit", "rows", 150, 5, rate=30, memory=0, limit=120),
    Training(
        "train-vocabulary", "train with a vocabulary of 128,256 tokens, 50 iterations",
        "12 min a round, 3 min more with the peer as installed", "base-128k", "rows-128k", 50, 3, rate=5, memory=1 / 0.4),
)
