"""The case that tokenizes: rows per second of the whole process, from chats in a file to tokens with masks."""

import re
import shutil

from case import GIGABYTE, Differs, Measured
from table import Metric

RATE = "rows/s"
RSS = "peak memory of the process, GB"
NUMBER = re.compile(r"\d[\d,]*")


class Preparing:
    name = "prepare"
    about = "50,000 chat rows of about 189 tokens to tokens with masks"
    duration = "1 min a round; the peer as installed is not run, since it multiplies nothing here"

    def metrics(self, bench):
        return [Metric(RATE, wanted=10), Metric(RSS, less_is_better=True)]

    def rows(self, bench):
        return bench.made.get("chats-few" if bench.quick else "chats")

    def count(self, bench):
        with (self.rows(bench) / "train.jsonl").open("rb") as lines:
            return sum(1 for _ in lines)

    def ours(self, bench):
        tokens = bench.work / "tokens"
        shutil.rmtree(tokens, ignore_errors=True)
        finished = bench.engine.command_line("prepare", "--model", bench.made.get("base"), "--data", self.rows(bench),
                                             "--tokens", tokens, "--mask-prompt")
        said = {int(number.replace(",", "")) for number in NUMBER.findall(finished.text())}
        values = {RATE: self.count(bench) / finished.seconds, RSS: finished.max_rss / GIGABYTE}
        return Measured(values, facts={"said": said})

    def peer(self, bench, peer, as_installed):
        if as_installed:
            return Measured({}, facts={})
        finished, said = peer.driver("prepare.py", bench.made.get("base"), self.rows(bench))
        values = {RATE: said["rows"] / finished.seconds, RSS: finished.max_rss / GIGABYTE}
        return Measured(values, facts=said)

    def compare(self, ours, peer):
        """What this engine says it wrote must have the peer's number of tokens."""
        if "tokens" in peer and peer["tokens"] not in ours["said"]:
            raise Differs(f"mlx-lm makes {peer['tokens']} tokens of the rows; 'mlx prepare' does not name that number")


CASE = Preparing()
