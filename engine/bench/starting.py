"""The case that starts: from the start of the process to the line that reports the first update, of a tiny model."""

import re

from case import Measured
from table import Metric

SECONDS = "seconds to the first update"
OUR_LINE = re.compile(r"^Iter 1: Train loss")
# The number of the iteration and the loss, between codes of colors.
COLOR = r"(?:\x1b\[[\d;]*m)*"
PEER_LINE = re.compile(rf"^ *{COLOR} *1{COLOR} +{COLOR}\d+\.\d+ [▼▲]")


class Starting:
    name = "start"
    about = "from the start of the process to the first update of a tiny model, validation before it included"
    duration = "10 s a round"

    def metrics(self, bench):
        return [Metric(SECONDS, less_is_better=True, wanted=2)]

    def words(self, bench):
        return ["--train", "--model", bench.made.get("tiny"), "--data", bench.made.get("rows-few"), "--num-layers", 2,
                "--batch-size", 4, "--iters", 1, "--steps-per-report", 1, "--mask-prompt"]

    def ours(self, bench):
        finished = bench.engine.command_line("lora", *self.words(bench), "--adapter-path", bench.work / "our-adapter")
        return Measured({SECONDS: finished.first(OUR_LINE)}, facts={})

    def peer(self, bench, peer, as_installed):
        finished = peer.command_line("lora", *self.words(bench), "--adapter-path", bench.work / "peer-adapter")
        return Measured({SECONDS: finished.first(PEER_LINE)}, facts={})

    def compare(self, ours, peer):
        """One iteration of a tiny model; the losses are compared by the cases that train."""


CASE = Starting()
