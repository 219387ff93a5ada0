"""How the cost of an iteration grows with the length of rows, the batch and the layers that are trained: this engine alone."""

import argparse
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import rows
from bench import usual_cache
from engine import Engine, NotBuilt
from made import Made

LONGEST = 2048


@dataclass(frozen=True)
class Point:
    """A setting of the case 'train': tokens of every row, rows of a batch, trained layers of twelve."""

    length: int = 256
    batch: int = 4
    layers: int = 8


USUAL = Point()
SERIES = {
    "tokens of a row": [replace(USUAL, length=length) for length in (64, 128, 256, 512, 1024, LONGEST)],
    "rows of a batch": [replace(USUAL, batch=batch) for batch in (1, 2, 4, 8, 16)],
    "trained layers of 12": [replace(USUAL, layers=layers) for layers in (1, 2, 4, 8, 12)],
}


def measure(engine, made, work, point, iterations):
    """Milliseconds of an iteration, and the peak of MLX's memory in 10^9 bytes; the first epoch, without any cache of layers."""
    data = work / f"rows-{point.length}"
    if not data.exists():
        data.mkdir()
        count = iterations * max(each.batch for each in SERIES["rows of a batch"]) if point.length == USUAL.length else iterations * point.batch
        lengths = {"shortest": point.length - 8, "longest": point.length, "mean": point.length - 4}
        rows.write(data / "train.jsonl", rows.completion_rows(made.get("base"), count, seed=21, **lengths))
        rows.write(data / "valid.jsonl", rows.completion_rows(made.get("base"), point.batch, seed=22, **lengths))
    _, lines = engine.train(work, [
        "--train", "--model", made.get("base"), "--data", data, "--num-layers", point.layers, "--batch-size", point.batch,
        "--iters", iterations, "--mask-prompt", "--learning-rate", "1e-4", "--steps-per-report", iterations // 2,
        "--steps-per-eval", 1000, "--val-batches", 1, "--save-every", 1000, "--max-seq-length", LONGEST, "--seed", 0])
    first, last = [line for line in lines if "train_loss" in line]
    seconds = (last["trained_tokens"] - first["trained_tokens"]) / last["tokens_per_second"]
    return 1000 * seconds / (last["iteration"] - first["iteration"]), last["peak_memory"]


def main():
    parser = argparse.ArgumentParser(prog="growth", description=__doc__)
    parser.add_argument("--iterations", type=int, default=12, metavar="N", help="of which the second half is timed (default: 12)")
    parser.add_argument("--cache", type=Path, metavar="FOLDER", default=usual_cache(), help="as of 'run' (default: %(default)s)")
    given = parser.parse_args()
    try:
        engine = Engine()
    except NotBuilt as missing:
        print(f"growth: {missing}", file=sys.stderr)
        return 2
    made = Made(given.cache)
    with tempfile.TemporaryDirectory() as work:
        for name, points in SERIES.items():
            print(f"{name:24}ms an iteration   us a token   peak memory, GB")
            for point in points:
                milliseconds, peak = measure(engine, made, Path(work), point, given.iterations)
                varied = {"tokens of a row": point.length, "rows of a batch": point.batch}.get(name, point.layers)
                tokens = point.length * point.batch
                print(f"{varied:>8}{milliseconds:31.0f}{1000 * milliseconds / tokens:13.0f}{peak:18.2f}")
            print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
