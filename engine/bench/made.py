"""The models and rows that the cases work on: made when first asked for, and kept in a folder."""

import shutil
import sys
from pathlib import Path

import process

HERE = Path(__file__).resolve().parent
# What must be there before; the number of the recipe is part of the folder's name, so that old things are not taken.
NEEDS = {"base-4bit": "base", "rows": "base", "rows-long": "base", "rows-128k": "base-128k", "rows-few": "tiny", "prompts": "base"}
RECIPE = "1"


class Made:

    def __init__(self, folder):
        self.folder = folder / ("recipe-" + RECIPE)
        self.folder.mkdir(parents=True, exist_ok=True)

    def get(self, name):
        """The folder of that name, complete."""
        found = self.folder / name
        if not found.exists():
            if name in NEEDS:
                self.get(NEEDS[name])
            print(f"run: making {name}", file=sys.stderr, flush=True)
            shutil.rmtree(self.folder / (name + ".part"), ignore_errors=True)
            process.run([sys.executable, HERE / "make.py", name, self.folder], {"HF_HUB_OFFLINE": "1"})
        return found
