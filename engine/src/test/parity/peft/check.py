"""Loads an adapter that this engine exported in Hugging Face's PEFT, and one that PEFT wrote in this engine.

Usage: python check.py ENGINE FOLDER   (needs torch, transformers, peft; ENGINE is engine/bin/mlx)

FOLDER is a fixture of engine/src/test/resources/fixtures with model/, adapter-end/ and data/. Compared are the token
scores of PEFT's model with those of the model that the engine fuses, loaded in transformers.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import torch
from peft import LoraConfig, PeftModel, get_peft_model
from transformers import AutoModelForCausalLM


def scores(model, ids):
    with torch.no_grad():
        return model(input_ids=ids).logits


def main():
    engine, fixture = sys.argv[1], Path(sys.argv[2])
    ids = torch.tensor(json.loads((fixture / "expected.json").read_text())["prompt_ids"])
    worst = []
    with tempfile.TemporaryDirectory() as work:
        work = Path(work)
        run = lambda *flags: subprocess.run([engine, *map(str, flags)], check=True, stdout=subprocess.DEVNULL)
        load = lambda folder: AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)

        run("export-peft", "--adapter-path", fixture / "adapter-end", "--save-path", work / "peft")
        run("fuse", "--model", fixture / "model", "--adapter-path", fixture / "adapter-end", "--save-path", work / "fused")
        ours = scores(load(work / "fused"), ids)
        theirs = scores(PeftModel.from_pretrained(load(fixture / "model"), work / "peft"), ids)
        worst.append(("written by the engine", (ours - theirs).abs().max().item()))

        for dora in (False, True):
            torch.manual_seed(1)
            name = "dora" if dora else "lora"
            settings = LoraConfig(
                r=4, lora_alpha=6, target_modules=["q_proj", "down_proj"], use_dora=dora, use_rslora=not dora,
                rank_pattern={"down_proj": 2}, alpha_pattern={"layers.1.self_attn.q_proj": 9}, task_type="CAUSAL_LM")
            model = get_peft_model(load(fixture / "model"), settings)
            for key, value in model.named_parameters():
                if "lora_" in key:
                    value.data += 0.05 * torch.randn_like(value)
            model.save_pretrained(work / name)
            theirs = scores(model, ids)
            run("fuse", "--model", fixture / "model", "--adapter-path", work / name, "--save-path", work / (name + "-fused"))
            ours = scores(load(work / (name + "-fused")), ids)
            worst.append((f"{name} written by PEFT", (ours - theirs).abs().max().item()))
    for name, difference in worst:
        print(f"{fixture.name:14} {name:24} largest difference of scores {difference:.2e}")
    sys.exit(any(difference > 1e-4 for _, difference in worst))


if __name__ == "__main__":
    main()
