"""Makes the cases of one seed with mlx-lm: a model folder each, and what mlx-lm computes with it.

Usage: python make.py SEED OUT [--small] [--list] [--only NAME...]

OUT/NAME/ receives the files that the reference fixtures have:
  model/                 the folder; data/ the rows of the run
  logits.safetensors     "logits" [rows, tokens, vocabulary] for expected.json's prompt_ids
  adapter-start/         weights the run starts from, and adapter-end/ those after it
  expected.json          the continuations, the losses step by step, and the settings of the run
Where mlx-lm itself fails, expected.json says with what, under "unable".

All rows are longer than max_seq_length, and so are cut to one length: mlx-lm counts a padding token per shorter row.
"""

import argparse
import contextlib
import io
import json
import random
import shutil
import time
from pathlib import Path

import layouts
import mlx.core as mx
import mlx.optimizers as optimizers
import mlxlm
import numpy as np
from cases import all_cases
from mlx.utils import tree_flatten, tree_map
from mlx_lm.convert import mixed_quant_predicate_builder
from mlx_lm.generate import generate_step
from mlx_lm.tuner.callbacks import TrainingCallback
from mlx_lm.tuner.trainer import TrainingArgs, train
from mlx_lm.tuner.utils import build_schedule
from mlx_lm.utils import _get_classes, quantize_model, save_model
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

STEPS = 20
NEW_TOKENS = 16
NOISE = 0.08  # weights differ enough that tokens do
CLEAR = 2e-3  # smallest distance between the best two logits: what is closer may turn over by rounding
NUDGE = 3e-6  # relative error of the starting weights of a run made for comparison
STEADY = 5e-5  # how far it may put off the losses, relative to them: of a chaotic run no two computers agree
TEMPLATE = (
    "{% for message in messages %}{{ '<|im_start|>' + message.role + '\n' + message.content + '<|im_end|>\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)
NOUNS = "pump boiler lift gate crane meter valve sensor camera door".split()
VERBS = "leaks hums jams trips drifts rattles overflows stalls flickers sticks".split()
WHERE = "in hall two,at the north yard,near dock five,under the roof,beside the office,on line seven".split(",")


def sentence(rng):
    return f"The {rng.choice(NOUNS)} {rng.choice(VERBS)} {rng.choice(WHERE)}. "


def write_tokenizer(folder, size, rng):
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    learner = trainers.BpeTrainer(
        vocab_size=size, show_progress=False, special_tokens=["<|endoftext|>", "<|im_start|>", "<|im_end|>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet())
    tokenizer.train_from_iterator((sentence(rng) for _ in range(1500)), learner)
    tokenizer.save(str(folder / "tokenizer.json"))
    write_json(folder / "tokenizer_config.json", {
        "tokenizer_class": "PreTrainedTokenizerFast", "eos_token": "<|im_end|>", "pad_token": "<|endoftext|>",
        "bos_token": None, "chat_template": TEMPLATE, "model_max_length": 512})


def write_json(file, value):
    file.write_text(json.dumps(value, indent=1, sort_keys=True) + "\n")


def write_model(case, folder, rng):
    """Writes the folder; returns what mlx-lm's loader must be told beside config.json."""
    config = dict(case.config, eos_token_id=2)
    model_class, arguments = _get_classes(config)[:2]
    model = model_class(arguments.from_dict(config))
    # A tied head is dropped by sanitize on loading; without this it would be saved and loaded as one of its own.
    if case.config.get("model_type", "").startswith("gemma3"):
        model.tie_word_embeddings = True
        model.pop("lm_head")
    model.update(tree_map(lambda p: p + NOISE * mx.random.normal(p.shape), model.parameters()))
    if case.quantization:
        model, config = quantize(model, config, dict(case.quantization))
    folder.mkdir(parents=True, exist_ok=True)
    told = {}
    if case.names == "hugging-face":
        weights = layouts.to_hugging_face(config["model_type"], dict(tree_flatten(model.parameters())))
        mx.save_safetensors(str(folder / "model.safetensors"), weights, metadata={"format": "pt"})
        if config["model_type"] == "gpt_oss":
            config["quantization_config"] = {"quant_method": "mxfp4"}
    else:
        save_model(folder, model)
    if case.rope_parameters:
        config, told = layouts.with_rope_parameters(config)
    write_json(folder / "config.json", config)
    write_tokenizer(folder, case.tokens, rng)
    return told


def quantize(model, config, settings):
    layers, recipe = settings.pop("layers", None), settings.pop("recipe", None)
    predicate = None
    if recipe:
        predicate = mixed_quant_predicate_builder(recipe, model, settings["group_size"])
    if layers:
        predicate = lambda path, _: layers.get(path, True)
    return quantize_model(model, config, quant_predicate=predicate, **settings)


def write_rows(folder, masked, counts, rng):
    folder.mkdir(parents=True, exist_ok=True)
    for name, count in zip(("train", "valid"), counts):
        with open(folder / f"{name}.jsonl", "w") as out:
            for _ in range(count):
                text = "".join(sentence(rng) for _ in range(40))
                cut = rng.randint(30, 70)
                row = {"prompt": text[:cut], "completion": text[cut:]} if masked else {"text": text}
                out.write(json.dumps(row) + "\n")


def greedy(model, prompt):
    chosen = []
    for _ in range(NEW_TOKENS):
        chosen.append(int(mx.argmax(model(mx.array([prompt + chosen]))[0, -1])))
    return chosen


def greedy_with_cache(model, prompt):
    return [int(token) for token, _ in generate_step(mx.array(prompt), model, max_tokens=NEW_TOKENS)]


def margin(logits):
    best = np.sort(np.array(logits), axis=-1)
    return float((best[..., -1] - best[..., -2]).min())


def forward(case, home, model, numbers):
    """Logits and continuations of prompts whose best tokens are clear."""
    length = int(numbers.randint(20, 29))
    for _ in range(40):
        ids = numbers.randint(3, case.tokens, size=(2, length))
        logits = model(mx.array(ids)).astype(mx.float32)
        row = [int(i) for i in ids[0]]
        chosen = greedy(model, row)
        distance = min(margin(logits), margin(model(mx.array([row + chosen]))))
        if distance > CLEAR:
            break
    mx.save_safetensors(str(home / "logits.safetensors"), {"logits": logits})
    return {"prompt_ids": ids.tolist(), "greedy_continuation": chosen,
            "greedy_continuation_with_cache": greedy_with_cache(model, row), "smallest_margin": distance}


def optimizer_of(settings):
    name = settings["optimizer"]
    kind = dict(adam="Adam", adamw="AdamW", muon="Muon", sgd="SGD", adafactor="Adafactor")[name]
    rate = build_schedule(settings["lr_schedule"]) if "lr_schedule" in settings else settings["learning_rate"]
    return getattr(optimizers, kind)(learning_rate=rate, **settings["optimizer_config"][name])


class Recorder(TrainingCallback):
    def __init__(self):
        self.train, self.valid = [], []

    def on_train_loss_report(self, info):
        self.train.append({k: float(info[k]) for k in ("iteration", "train_loss", "learning_rate", "trained_tokens")})

    def on_val_loss_report(self, info):
        self.valid.append({k: float(info[k]) for k in ("iteration", "val_loss")})


def save_adapter(folder, model, settings):
    folder.mkdir(parents=True, exist_ok=True)
    mx.save_safetensors(str(folder / "adapters.safetensors"), dict(tree_flatten(model.trainable_parameters())))
    write_json(folder / "adapter_config.json", {
        "fine_tune_type": settings["type"], "num_layers": settings["num_layers"], "lora_parameters": settings["lora_parameters"]})


def settings_of(case, shapes, gentle):
    """The settings of the run; gentle, from 1 down, is a factor on what makes it move."""
    tuning = case.tuning
    full = tuning.type == "full"
    adapter = {"rank": tuning.rank, "scale": tuning.scale * gentle, "dropout": 0.0}
    if tuning.keys:
        adapter["keys"] = tuning.keys
    settings = {
        "type": tuning.type, "num_layers": tuning.num_layers, "lora_parameters": None if full else adapter,
        "optimizer": tuning.optimizer, "optimizer_config": {tuning.optimizer: tuning.options},
        "learning_rate": tuning.learning_rate * (gentle if full else 1.0), "mask_prompt": tuning.mask_prompt,
        "batch_size": shapes["batch"], "max_seq_length": shapes["length"], "grad_accumulation_steps": tuning.accumulation,
        "seed": shapes["seed"]}
    if tuning.schedule:
        settings["lr_schedule"] = tuning.schedule
    return settings


def train_once(home, told, settings, shapes, nudge):
    """One run, whose starting weights are nudged by a relative error; returns its losses and the first row."""
    model, tokenizer = mlxlm.load(home / "model", told)
    mx.random.seed(shapes["seed"])
    mlxlm.prepare(model, settings)
    # lora_b is zero at first; not so here, for otherwise a wrong gradient of lora_a would go unseen.
    noise = 0.005 if settings["type"] == "full" else 0.05
    model.update(tree_map(lambda p: p + noise * mx.random.normal(p.shape), model.trainable_parameters()))
    if nudge:
        model.update(tree_map(lambda p: p * (1 + nudge * mx.random.normal(p.shape)), model.trainable_parameters()))
    else:
        save_adapter(home / "adapter-start", model, settings)
    train_set, valid_set = mlxlm.datasets(home / "data", tokenizer, settings["mask_prompt"])
    (home / "adapter-end").mkdir(exist_ok=True)
    recorder = Recorder()
    np.random.seed(shapes["seed"])
    file = home / "adapter-end" / ("nudged.safetensors" if nudge else "adapters.safetensors")
    arguments = TrainingArgs(
        batch_size=shapes["batch"], iters=STEPS, val_batches=-1, steps_per_report=1, steps_per_eval=10, steps_per_save=1000,
        max_seq_length=shapes["length"], grad_accumulation_steps=settings["grad_accumulation_steps"], adapter_file=str(file))
    train(model, optimizer_of(settings), train_set, valid_set, args=arguments, training_callback=recorder)
    if nudge:
        file.unlink()
    else:
        save_adapter(home / "adapter-end", model, settings)
    tokens, prompt = train_set[0]
    return recorder, {"token_ids": [int(t) for t in tokens], "prompt_tokens": int(prompt)}


def run(case, home, told, shapes):
    """A run whose losses hardly feel an error as small as rounding, found by making it gentler until it is so."""
    for halvings in range(5):
        settings = settings_of(case, shapes, 0.5**halvings)
        recorder, first_row = train_once(home, told, settings, shapes, 0)
        nudged, _ = train_once(home, told, settings, shapes, NUDGE)
        pairs = [(a["train_loss"], b["train_loss"]) for a, b in zip(recorder.train, nudged.train)]
        pairs += [(a["val_loss"], b["val_loss"]) for a, b in zip(recorder.valid, nudged.valid)]
        sensitivity = max(abs(a - b) / abs(a) for a, b in pairs)
        if sensitivity < STEADY:
            break
    return dict(settings, train=recorder.train, valid=recorder.valid, sensitivity=sensitivity), first_row


def make(case, seed, out, small):
    home = out / case.name
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    rng = random.Random(f"{seed} {case.name} rows")
    numbers = np.random.RandomState(rng.randrange(2**31))
    mx.random.seed(rng.randrange(2**31))
    expected = {"made_with": "mlx-lm 0.32.2", "seed": seed, "special": case.special}
    try:
        expected["model_config"] = write_model(case, home / "model", rng)
        batch = rng.choice([2, 3, 4])
        many = rng.choice([1, 2, 3])
        length = rng.choice([40, 48, 56]) if small else rng.choice([48, 64, 72])
        if case.quantization:  # MLX multiplies packed weights slowly on a CPU
            batch, many, length = 2, rng.choice([1, 2]), rng.choice([33, 40])
        write_rows(home / "data", case.tuning.mask_prompt, (batch * many, batch * rng.choice([1, 2])), rng)
        model, _ = mlxlm.load(home / "model", expected["model_config"])
        expected.update(forward(case, home, model, numbers))
        shapes = {"batch": batch, "length": length, "seed": rng.randrange(1000)}
        expected["training"], expected["first_row"] = run(case, home, expected["model_config"], shapes)
    except Exception as failure:  # mlx-lm's own limits belong into the table
        expected["unable"] = f"{type(failure).__name__}: {failure}"[:300]
    write_json(home / "expected.json", expected)
    return expected.get("unable")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("seed", type=int)
    parser.add_argument("out", type=Path)
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--only", nargs="*")
    options = parser.parse_args()
    cases = all_cases(options.seed, options.small)
    unknown = set(options.only or ()) - set(cases)
    if unknown:
        parser.error("no such case: " + ", ".join(sorted(unknown)) + "; see --list")
    if options.list:
        print("\n".join(f"{case.name:32} {case.special}" for case in cases.values()))
        return
    mlxlm.repair()
    for name in options.only or cases:
        started = time.time()
        with contextlib.redirect_stdout(io.StringIO()):  # mlx-lm draws progress bars
            unable = make(cases[name], options.seed, options.out, options.small)
        print(f"{name}: {'mlx-lm cannot: ' + unable if unable else 'made'} ({time.time() - started:.1f} s)", flush=True)


if __name__ == "__main__":
    main()
