"""Trains with mlx-lm, and writes what its command line does not show.

Usage: python train.py METRICS LIMIT FLAGS...

FLAGS are those of 'mlx_lm lora'. METRICS receives a line of JSON for each report and validation, as mlx-lm's own callbacks
have them; the last line has 'supervised_tokens', the targets that were learned. Validation losses are of real targets, as
is that count: mlx-lm's own have a token of padding besides for every row that is shorter than its batch. With a LIMIT above
0 every iteration is reported, nothing is validated, and no iteration begins once so many seconds have passed since the
first began.
"""

import json
import sys
import time
from functools import partial
from types import SimpleNamespace

import mlx.core as mx
import mlx.nn as nn
from mlx_lm import lora
from mlx_lm.tuner import trainer
from mlx_lm.tuner.callbacks import TrainingCallback

METRICS, LIMIT = open(sys.argv[1], "w"), float(sys.argv[2])
done = SimpleNamespace(tokens=0, begin=0.0, iterations=0, seconds=0.0)


def write(line):
    METRICS.write(json.dumps(line) + "\n")
    METRICS.flush()


class Callback(TrainingCallback):

    def on_train_loss_report(self, info):
        done.iterations, done.seconds = info["iteration"], time.perf_counter() - done.begin
        write(info)

    def on_val_loss_report(self, info):
        write(info)


def counted_batches(*arguments, loop=False, **named):
    batches = trainer.iterate_batches(*arguments, loop=loop, **named)
    if not loop:
        yield from batches
        return
    done.begin = time.perf_counter()
    for batch, lengths in batches:
        if LIMIT and done.seconds > LIMIT:
            return
        done.tokens += sum(length - prompt for prompt, length in lengths.tolist())
        yield batch, lengths


def loss_of_real_targets(model, batch, lengths):
    """mlx-lm's default_loss, but for the last token of its mask."""
    inputs, targets = batch[:, :-1], batch[:, 1:]
    places = mx.arange(1, targets.shape[1] + 1)
    mask = mx.logical_and(places >= lengths[:, 0:1], places < lengths[:, 1:])
    losses = nn.losses.cross_entropy(model(inputs), targets) * mask
    return losses.astype(mx.float32).sum() / mask.sum(), mask.sum()


def evaluate(*arguments, mlx_lm_evaluate=trainer.evaluate, **named):
    return mlx_lm_evaluate(*arguments, **{**named, "loss": loss_of_real_targets})


def rows(args, tokenizer, load=lora.load_dataset):
    train, valid, test = load(args, tokenizer)
    return train, [] if LIMIT else valid, test


lora.get_reporting_callbacks = lambda *_, **__: Callback()
trainer.evaluate = evaluate
lora.train = partial(lora.train, iterate_batches=counted_batches)
lora.load_dataset = rows
sys.argv = ["lora", *sys.argv[3:], *(["--steps-per-report", "1"] if LIMIT else [])]
lora.main()
write({"iterations": done.iterations, "supervised_tokens": done.tokens, "seconds": done.seconds,
       "peak_memory": mx.get_peak_memory() / 1e9})
