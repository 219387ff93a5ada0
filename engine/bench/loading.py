"""The case that loads a model of 1 GB: seconds to the first token after a prompt of one word, and memory."""

from case import GIGABYTE, Measured
from table import Metric

SECONDS = "seconds to load 1 GB and generate a token"
SHARE = "peak memory of the process, share of the file"


class Loading:
    name = "load"
    about = "a model of 1.09 GB, float32: the whole process with one new token"
    duration = "15 s a round"

    def metrics(self, bench):
        return [Metric(SECONDS, less_is_better=True, wanted=1 / 0.7), Metric(SHARE, less_is_better=True)]

    def measured(self, bench, finished):
        size = (bench.made.get("large") / "model.safetensors").stat().st_size
        return Measured({SECONDS: finished.seconds, SHARE: finished.max_rss / size}, facts={})

    def ours(self, bench):
        words = ["--ignore-chat-template", "--prompt", "the", "--max-tokens", 1]
        return self.measured(bench, bench.engine.command_line("generate", "--model", bench.made.get("large"), *words))

    def peer(self, bench, peer, as_installed):
        finished = peer.command_line("generate", "--model", bench.made.get("large"), "--ignore-chat-template",
                                     "--prompt", "the", "--max-tokens", 1)
        return self.measured(bench, finished)

    def compare(self, ours, peer):
        """One token of random weights is not compared."""


CASE = Loading()
