"""Trains with mlx-lm, and writes what its command line does not show.

Usage: python train.py METRICS LIMIT FLAGS...

FLAGS are those of 'mlx_lm lora'. METRICS receives a line of JSON for each report and validation, as mlx-lm's own callbacks
have them, with 'supervised_tokens': targets that the iterations so far have learned, without the token of padding that
mlx-lm counts besides for every row shorter than its batch. With a LIMIT above 0 nothing is validated, and no iteration
begins once so many seconds have passed since the first began.
"""

import json
import sys
import time
from functools import partial
from types import SimpleNamespace

import mlx.core as mx
from mlx_lm import lora
from mlx_lm.tuner.callbacks import TrainingCallback
from mlx_lm.tuner.trainer import iterate_batches

METRICS, LIMIT = open(sys.argv[1], "w"), float(sys.argv[2])
done = SimpleNamespace(tokens=0, iterations=0, seconds=0.0)


def write(line):
    METRICS.write(json.dumps(line) + "\n")
    METRICS.flush()


class Callback(TrainingCallback):

    def on_train_loss_report(self, info):
        write(info)

    def on_val_loss_report(self, info):
        write(info)


def counted_batches(*arguments, loop=False, **named):
    batches = iterate_batches(*arguments, loop=loop, **named)
    if not loop:
        yield from batches
        return
    begin = time.perf_counter()
    for batch, lengths in batches:
        yield batch, lengths
        # The loop asks for the next batch when it has finished this one.
        done.tokens += sum(length - prompt for prompt, length in lengths.tolist())
        done.iterations += 1
        done.seconds = time.perf_counter() - begin
        if LIMIT and done.seconds > LIMIT:
            return


def rows(args, tokenizer, load=lora.load_dataset):
    train, valid, test = load(args, tokenizer)
    return train, [] if LIMIT else valid, test


lora.get_reporting_callbacks = lambda *_, **__: Callback()
lora.train = partial(lora.train, iterate_batches=counted_batches)
lora.load_dataset = rows
sys.argv = ["lora", *sys.argv[3:]]
lora.main()
write({"iterations": done.iterations, "supervised_tokens": done.tokens, "seconds": done.seconds,
       "peak_memory": mx.get_peak_memory() / 1e9})
