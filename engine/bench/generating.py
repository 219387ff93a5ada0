"""The case that generates: 128 tokens after a prompt of 512, float32 and 4 bits, one and eight at a time."""

import re

from case import Differs, Measured
from process import TooLong
from table import Metric

PROMPT = 512
VARIANTS = (("float32", "base", 1, 1.5, 1.5), ("float32", "base", 8, 1.5, 1.5),
            ("4-bit", "base-4bit", 1, 15, 5), ("4-bit", "base-4bit", 8, 15, 5))
# Lines of 'mlx generate'.
PROMPT_LINE = re.compile(r"^Prompt: (\d+) tokens, ([\d.]+) tokens-per-sec")
GENERATION_LINE = re.compile(r"^Generation: (\d+) tokens, ([\d.]+) tokens-per-sec")


def names(weights, at_a_time):
    return f"{weights}, {at_a_time} at a time: prefill tokens/s", f"{weights}, {at_a_time} at a time: decode tokens/s"


class Generating:
    name = "generate"
    about = "128 new tokens after a prompt of 512; float32 and 4 bits; 1 and 8 at a time"
    duration = "8 min a round, most of it the peer in 4 bits; 8 min more with the peer as installed"

    def variants(self, bench):
        return [variant for variant in VARIANTS if not bench.quick or variant[2] == 1]

    def tokens(self, bench):
        return 32 if bench.quick else 128

    def metrics(self, bench):
        found = []
        for weights, _, at_a_time, prefill, decode in self.variants(bench):
            first, second = names(weights, at_a_time)
            found += [Metric(first, wanted=prefill), Metric(second, wanted=decode)]
        return found

    def prompts(self, bench, count):
        return [bench.made.get("prompts") / f"{number}.txt" for number in range(count)]

    def lines(self, bench, count):
        """The prompts as 'mlx generate' takes several: one to a line."""
        file = bench.work / "prompts.txt"
        prompts = [prompt.read_text(encoding="utf-8").replace("\n", "\\n") for prompt in self.prompts(bench, count)]
        file.write_text("\n".join(prompts) + "\n", encoding="utf-8")
        return file

    def ours(self, bench):
        values = {}
        for weights, model, at_a_time, *_ in self.variants(bench):
            finished = bench.engine.command_line(
                "generate", "--model", bench.made.get(model), "--ignore-chat-template", "--max-tokens", self.tokens(bench),
                "--prompts", self.lines(bench, at_a_time))
            found = [PROMPT_LINE.search(line) or GENERATION_LINE.search(line) for _, line in finished.lines]
            prompt, generation = [match for match in found if match]
            self.check(bench, at_a_time, int(prompt[1]), int(generation[1]), "here")
            values.update(zip(names(weights, at_a_time), (float(prompt[2]), float(generation[2]))))
        return Measured(values, facts={})

    def peer(self, bench, peer, as_installed):
        values, note = {}, ""
        for weights, model, at_a_time, *_ in self.variants(bench):
            try:
                _, said = peer.driver("generate.py", bench.made.get(model), self.tokens(bench),
                                      *self.prompts(bench, at_a_time), limit=600)
            except TooLong as late:
                note = f"{weights}, {at_a_time} at a time: the peer was {late}"
                continue
            self.check(bench, at_a_time, said["prompt_tokens"], said["generation_tokens"], "in mlx-lm")
            values.update(zip(names(weights, at_a_time), (said["prompt_tps"], said["generation_tps"])))
        return Measured(values, note, {})

    def check(self, bench, at_a_time, prompt, generation, where):
        wanted = at_a_time * PROMPT, at_a_time * self.tokens(bench)
        if (prompt, generation) != wanted:
            raise Differs(f"{prompt} tokens of prompt and {generation} new ones {where}, instead of {wanted[0]} and {wanted[1]}")

    def compare(self, ours, peer):
        """Texts of random weights are not compared; how many tokens there are is checked where they are made."""


CASE = Generating()
