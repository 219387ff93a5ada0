"""The rows of the benchmark, as JSON lines: prompts with completions of wanted lengths, and chats."""

import json
import random

from tokenizers import Tokenizer

from text import Text

CHAT_ROWS = 50_000


class Lengths:
    """Cuts text to a number of tokens."""

    def __init__(self, model, seed):
        self.tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
        self.text = Text(seed)

    def cut(self, tokens):
        """Text of about so many tokens; at its seam one may merge with another."""
        ids = self.tokenizer.encode(self.text.sentences(tokens)).ids[:tokens]
        return self.tokenizer.decode(ids).replace("\ufffd", "").strip()

    def count(self, text):
        return len(self.tokenizer.encode(text).ids)


def completion_rows(model, count, shortest, longest, mean, seed):
    """Rows of a prompt and a completion that has a third of the tokens; lengths count the template's tokens, too."""
    lengths, draw = Lengths(model, seed), random.Random(seed)
    share = (mean - shortest) / (longest - shortest)
    rows = []
    while len(rows) < count:
        total = shortest + (longest - shortest) * draw.betavariate(2 * share, 2 * (1 - share))
        completion = round(total / 3)
        row = {"prompt": lengths.cut(round(total) - completion - 9), "completion": lengths.cut(completion - 2)}
        chat = f"<|im_start|>user\n{row['prompt']}<|im_end|>\n<|im_start|>assistant\n{row['completion']}<|im_end|>\n"
        if shortest <= lengths.count(chat) <= longest:
            rows.append(row)
    return rows


def chat_rows(count, seed):
    """Chats of about 189 tokens: a question of a few sentences and an answer, a quarter of them with a system message."""
    text, draw, rows = Text(seed), random.Random(seed), []
    for _ in range(count):
        messages = [{"role": "user", "content": text.sentences(draw.randint(10, 100))},
                    {"role": "assistant", "content": text.sentences(draw.randint(10, 80))}]
        if draw.random() < 0.25:
            messages.insert(0, {"role": "system", "content": "You answer tickets of the service desk in a few words."})
        rows.append({"messages": messages})
    return rows


def write(file, rows):
    with file.open("w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def write_split(folder, model, train, shortest, longest, mean):
    """train.jsonl and a valid.jsonl of eight rows."""
    write(folder / "train.jsonl", completion_rows(model, train, shortest, longest, mean, seed=11))
    write(folder / "valid.jsonl", completion_rows(model, 8, shortest, longest, mean, seed=12))


def write_prompts(folder, model, count, tokens):
    """0.txt, 1.txt, ... each of exactly so many tokens without a template."""
    lengths = Lengths(model, seed=13)
    made = 0
    while made < count:
        prompt = lengths.cut(tokens)
        if lengths.count(prompt) == tokens:
            (folder / f"{made}.txt").write_text(prompt, encoding="utf-8")
            made += 1
