"""mlx-lm's side: as it is installed, or with OpenBLAS in place of the reference BLAS that its Linux package links."""

import glob
import json
import os
import sys
from pathlib import Path

import process

PEER = Path(__file__).resolve().parent / "peer"
USUAL_PLACES = ["/usr/lib/*/openblas-pthread/libopenblas.so.0", "/usr/lib/*/libopenblas.so.0", "/usr/lib64/libopenblas.so.0",
                "/usr/lib/libopenblas.so.0"]


class NoOpenBlas(Exception):
    """There is no OpenBLAS to preload; the message says what to install."""


def find_openblas():
    """The library to preload, empty where none is needed: on macOS MLX uses Accelerate."""
    if sys.platform == "darwin":
        return ""
    named = os.environ.get("OPENBLAS")
    found = [named] if named else [file for place in USUAL_PLACES for file in sorted(glob.glob(place))]
    if not found or not Path(found[0]).is_file():
        where = f"OPENBLAS is {named}, which is no file" if named else "no OpenBLAS was found in the usual places"
        raise NoOpenBlas(f"{where}; run: apt install libopenblas0-pthread, or name libopenblas.so.0 in OPENBLAS")
    return found[0]


class MlxLm:
    """openblas is a library to preload, or empty for mlx-lm as it is installed."""

    def __init__(self, openblas):
        self.variables = {"HF_HUB_OFFLINE": "1", "COLUMNS": "120"}
        if openblas:
            self.variables["LD_PRELOAD"] = openblas

    def command_line(self, *words, limit=None):
        """Runs 'python -m mlx_lm'."""
        return process.run([sys.executable, "-m", "mlx_lm", *words], self.variables, limit=limit)

    def driver(self, name, *words, limit=None):
        """Runs one of the scripts under peer/ and gives what ran, and the object of its last line."""
        finished = process.run([sys.executable, PEER / name, *words], self.variables, limit=limit)
        last = finished.lines[-1][1] if finished.lines else ""
        return finished, json.loads(last) if last.startswith("{") else {}

    def train(self, work, flags, seconds=0):
        """Trains, at most so many seconds if that is above 0, and gives what ran and the lines of its metrics."""
        metrics = work / "peer.jsonl"
        finished, _ = self.driver("train.py", metrics, seconds, *flags, "--adapter-path", work / "peer-adapter")
        return finished, [json.loads(line) for line in metrics.read_text().splitlines()]
