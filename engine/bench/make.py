"""Makes one thing that the cases need: python make.py NAME FOLDER, where FOLDER holds what was made before.

It runs as a process of its own, so that the one that measures stays small and never touches MLX.
"""

import sys
from pathlib import Path

import models
import rows


def make(name, folder, made):
    match name:
        case "base" | "base-128k" | "tiny" | "large":
            models.make(folder, name)
        case "base-4bit":
            models.make_4bit(folder, made / "base")
        case "rows":
            rows.write_split(folder, made / "base", 200, 60, 450, 189)
        case "rows-long":
            rows.write_split(folder, made / "base", 200, 1500, 2000, 1750)
        case "rows-128k":
            rows.write_split(folder, made / "base-128k", 200, 60, 450, 189)
        case "rows-few":
            rows.write_split(folder, made / "tiny", 8, 60, 120, 90)
        case "chats":
            rows.write(folder / "train.jsonl", rows.chat_rows(rows.CHAT_ROWS, seed=14))
        case "chats-few":
            rows.write(folder / "train.jsonl", rows.chat_rows(5000, seed=14))
        case "prompts":
            rows.write_prompts(folder, made / "base", 8, 512)


if __name__ == "__main__":
    name, made = sys.argv[1], Path(sys.argv[2])
    beside = made / (name + ".part")
    # convert makes its folder itself.
    if name != "base-4bit":
        beside.mkdir()
    make(name, beside, made)
    beside.rename(made / name)
