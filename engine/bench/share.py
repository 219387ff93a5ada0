"""Which share of the machine's largest rate of matrix products training reaches.

The operations of an iteration of the case 'train' with rows of one length are counted from the model's shape: those that the
method needs, none of what an implementation does besides. They are divided by the time of an iteration, and compared with the
rate of one product of 2048 x 2048 x 2048 in float32: of this engine, and of MLX with OpenBLAS. Takes a minute; it needs what
'run' and 'binding' need.
"""

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

import process
from bench import usual_cache
from engine import Engine, NotBuilt
from growth import Point, measure
from made import Made
from mlxlm import MlxLm, NoOpenBlas, find_openblas
from models import BASE

ROOT = Path(__file__).resolve().parents[2]
POINT = Point(length=512)
TARGETS = 1 / 3
OPERATIONS_OF_PRODUCT = 2 * 2048**3


def operations(config, point):
    """Operations of floating point that an iteration needs: a multiplication and an addition count as two.

    Frozen weights need no gradient of their own. The layer that is trained first needs no gradient of its input, but for its
    adapters; that is left out, as are the adapters' own small products and everything that is not a product.
    """
    tokens, hidden = point.length * point.batch, config["hidden_size"]
    queries = config["num_attention_heads"] * config["head_dim"]
    keys = config["num_key_value_heads"] * config["head_dim"]
    weights = hidden * (2 * queries + 2 * keys) + 3 * hidden * config["intermediate_size"]
    attention = 2 * 2 * queries * point.length / 2  # scores and values of a token, half of them behind the causal mask
    forward = config["num_hidden_layers"] * (2 * weights + attention)
    backward = point.layers * (2 * weights + 2 * attention)
    logits = TARGETS * 2 * 2 * hidden * config["vocab_size"]  # forward, and the gradient of the hidden state
    return tokens * (forward + backward + logits)


def own_rate(work):
    """Of ProductBenchmark, in operations per second."""
    result = work / "product.json"
    process.run([os.environ.get("MLX_MVN", "mvn"), "-q", "-B", "-ntp", "-f", ROOT / "pom.xml", "-pl", "engine", "-am", "-Pbenchmark",
                 "test-compile", "-Dbenchmark.name=ProductBenchmark", f"-Dbenchmark.result={result}"])
    nanoseconds = json.loads(result.read_text())[0]["primaryMetric"]["score"]
    return OPERATIONS_OF_PRODUCT / (nanoseconds / 1e9)


def main():
    parser = argparse.ArgumentParser(prog="share", formatter_class=argparse.RawDescriptionHelpFormatter, description=__doc__)
    parser.add_argument("--iterations", type=int, default=16, metavar="N", help="of which the second half is timed (default: 16)")
    parser.add_argument("--cache", type=Path, metavar="FOLDER", default=usual_cache(), help="as of 'run' (default: %(default)s)")
    given = parser.parse_args()
    try:
        engine, peer = Engine(), MlxLm(find_openblas())
    except (NotBuilt, NoOpenBlas) as missing:
        print(f"share: {missing}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        ours, theirs = own_rate(work), peer.driver("product.py")[1]["rate"]
        milliseconds, _ = measure(engine, Made(given.cache), work, POINT, given.iterations)
    needed = operations(BASE, POINT)
    rate = needed / (milliseconds / 1000)
    print(f"product of this engine       {ours / 1e9:8.0f} GFLOP/s\nproduct of MLX with OpenBLAS {theirs / 1e9:8.0f} GFLOP/s")
    print(f"training                     {rate / 1e9:8.0f} GFLOP/s: {needed / 1e9:.0f} GFLOP in {milliseconds:.0f} ms, "
          f"{rate / ours:.0%} of the first, {rate / theirs:.0%} of the second")
    return 0


if __name__ == "__main__":
    sys.exit(main())
