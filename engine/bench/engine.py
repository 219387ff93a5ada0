"""This engine's side: its command line, engine/bin/mlx, as a user would call it."""

import json
import subprocess
from pathlib import Path

import process

COMMAND = Path(__file__).resolve().parents[1] / "bin" / "mlx"


class NotBuilt(Exception):
    """The engine was not packaged; the message says how to."""


class Engine:

    def __init__(self):
        said = subprocess.run([COMMAND, "--version"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if said.returncode != 0:
            raise NotBuilt(said.stdout.strip() or f"{COMMAND} does not run")

    def command_line(self, *words):
        """Runs 'mlx'."""
        return process.run([COMMAND, *words])

    def train(self, work, flags):
        """Trains, and gives what ran and the lines of its metrics."""
        metrics = work / "ours.jsonl"
        metrics.unlink(missing_ok=True)
        finished = self.command_line("lora", *flags, "--adapter-path", work / "our-adapter", "--metrics", metrics)
        return finished, [json.loads(line) for line in metrics.read_text().splitlines()]
