"""What the optimizers and schedules of mlx 0.32.2 make of the same gradients, step by step.

Writes optimizers.json (the cases, and the rates of the schedules) and optimizers.safetensors: the start value NAME of each
parameter, its gradients gradients.NAME and for each case the values CASE/NAME, both with the steps as first axis.

Usage: python make_optimizers.py OUT
"""

import json
import sys
from pathlib import Path

import mlx.core as mx
import mlx.optimizers as optim
import numpy as np
from mlx.utils import tree_flatten, tree_unflatten
from mlx_lm.tuner.utils import build_schedule

STEPS = 24
CLASSES = {"adam": optim.Adam, "adamw": optim.AdamW, "muon": optim.Muon, "sgd": optim.SGD, "adafactor": optim.Adafactor}
SHAPES = {
    "proj.weight": (4, 4), "proj.bias": (4,), "norm.weight": (5,), "lora_a": (6, 2), "lora_b": (2, 6),
    "experts.weight": (2, 3, 2), "scale": (1,), "gain": (),
}
WARMUP = {"name": "cosine_decay", "arguments": [1e-2, 15, 1e-3], "warmup": 5, "warmup_init": 1e-4}
CASES = {
    "adam": ("adam", {}, {}),
    "adamEveryOption": ("adam", {"betas": [0.8, 0.95], "eps": 1e-6, "bias_correction": True}, {}),
    "adamSchedule": ("adam", {"bias_correction": True}, {"schedule": WARMUP}),
    "adamClipped": ("adam", {}, {"clip": 1.5}),
    "adamFactor": ("adam", {}, {"factors": {"lora_b": 16.0}}),
    "adamw": ("adamw", {}, {}),
    "adamwEveryOption":
        ("adamw", {"betas": [0.85, 0.99], "eps": 1e-5, "weight_decay": 0.2, "bias_correction": True}, {}),
    "adamwSchedule": ("adamw", {}, {"schedule": WARMUP, "factors": {"lora_b": 4.0}}),
    "adamwNoDecay": ("adamw", {"weight_decay": 0.3}, {"decay": False}),
    "sgd": ("sgd", {}, {}),
    "sgdMomentum": ("sgd", {"momentum": 0.9}, {}),
    "sgdEveryOption": ("sgd", {"momentum": 0.8, "weight_decay": 0.1, "dampening": 0.3}, {}),
    "sgdNesterov": ("sgd", {"momentum": 0.7, "weight_decay": 0.05, "nesterov": True}, {"schedule": WARMUP}),
    "sgdNoDecay": ("sgd", {"weight_decay": 0.3}, {"decay": False, "clip": 2.0}),
    "muon": ("muon", {}, {}),
    "muonEveryOption": ("muon", {"momentum": 0.8, "weight_decay": 0.1, "nesterov": False, "ns_steps": 3}, {}),
    "muonSchedule": ("muon", {}, {"schedule": WARMUP}),
    "muonNoDecay": ("muon", {"weight_decay": 0.3}, {"decay": False}),
    "adafactor": ("adafactor", {}, {}),
    "adafactorWarmupInit": ("adafactor", {"warmup_init": True}, {}),
    "adafactorEveryOption":
        ("adafactor", {"eps": [1e-6, 1e-2], "clip_threshold": 0.5, "decay_rate": -0.6, "beta_1": 0.9,
                       "weight_decay": 0.1, "scale_parameter": False, "relative_step": False}, {}),
    "adafactorSchedule": ("adafactor", {"relative_step": False}, {"schedule": WARMUP, "factors": {"lora_b": 4.0}}),
    "adafactorNoDecay": ("adafactor", {"weight_decay": 0.3}, {"decay": False}),
}
# In float16 the default eps is 0.
for kind, options in [("adam", {"bias_correction": True, "eps": 1e-4}), ("adamw", {"eps": 1e-4}), ("sgd", {"momentum": 0.9, "nesterov": True}),
                      ("muon", {}), ("adafactor", {"beta_1": 0.9, "weight_decay": 0.1})]:
    for dtype in ["float16", "bfloat16"]:
        CASES[f"{kind}_{dtype}"] = (kind, options, {"type": dtype, "schedule": WARMUP})
SCHEDULES = {
    "cosine": {"name": "cosine_decay", "arguments": [0.1, 10, 0.01]},
    "cosineLong": {"name": "cosine_decay", "arguments": [1e-5, 25]},
    "linear": {"name": "linear_schedule", "arguments": [0.0, 0.1, 5]},
    "exponential": {"name": "exponential_decay", "arguments": [0.1, 0.9]},
    "step": {"name": "step_decay", "arguments": [0.1, 0.5, 3]},
    "cosineWarmup": {"name": "cosine_decay", "arguments": [1e-3, 12, 1e-5], "warmup": 4, "warmup_init": 1e-6},
    "linearWarmup": {"name": "linear_schedule", "arguments": [2e-4, 1e-6, 20], "warmup": 7},
    "exponentialWarmup": {"name": "exponential_decay", "arguments": [1e-2, 0.95], "warmup": 3},
    "stepWarmup": {"name": "step_decay", "arguments": [1e-4, 0.7, 5], "warmup": 1},
}


def rate(extra, factor):
    if "schedule" not in extra:
        return 1e-2 * factor
    schedule = build_schedule(extra["schedule"])
    return schedule if factor == 1 else lambda step: schedule(step) * factor


def optimizer(kind, options, extra):
    """One optimizer for each parameter: its factor on the rate, and its decay, are its own."""
    parts = {}
    for name, shape in SHAPES.items():
        spared = not extra.get("decay", True) and (len(shape) <= 1 or name.endswith(".bias"))
        own = dict(options, weight_decay=0.0) if spared else options
        parts[name] = CLASSES[kind](learning_rate=rate(extra, extra.get("factors", {}).get(name, 1)), **own)
    filters = [lambda path, _, wanted=name: path == wanted for name in list(SHAPES)[:-1]]
    return optim.MultiOptimizer(list(parts.values()), filters)


def run(kind, options, extra, start, gradients):
    dtype = getattr(mx, extra.get("type", "float32"))
    parameters = {name: value.astype(dtype) for name, value in start.items()}
    made = optimizer(kind, options, extra)
    seen = {name: [] for name in start}
    for i in range(STEPS):
        now = {name: values[i].astype(dtype) for name, values in gradients.items()}
        if "clip" in extra:
            now, _ = optim.clip_grad_norm(now, extra["clip"])
        tree = made.apply_gradients(tree_unflatten(list(now.items())), tree_unflatten(list(parameters.items())))
        parameters = dict(tree_flatten(tree))
        mx.eval(parameters)
        for name, value in parameters.items():
            assert value.dtype == dtype
            seen[name].append(value.astype(mx.float32))
    return {name: mx.stack(values) for name, values in seen.items()}


out = Path(sys.argv[1])
random = np.random.default_rng(7)
start = {name: mx.array(np.array(random.normal(0, 1, shape), np.float32)) for name, shape in SHAPES.items()}
scales = {name: 10.0 ** random.uniform(-2, 0) for name in SHAPES}
gradients = {
    name: mx.array(np.array(random.normal(0, scales[name], (STEPS, *shape)), np.float32))
    for name, shape in SHAPES.items()
}
tensors = dict(start, **{f"gradients.{name}": values for name, values in gradients.items()})
cases = {}
for name, (kind, options, extra) in CASES.items():
    values = run(kind, options, extra, start, gradients)
    tensors.update({f"{name}/{parameter}": value for parameter, value in values.items()})
    cases[name] = dict(extra, optimizer=kind, options=options)
    if "clip" in extra:
        norms = [optim.clip_grad_norm({n: g[i] for n, g in gradients.items()}, extra["clip"])[1] for i in range(STEPS)]
        cases[name]["norms"] = [norm.item() for norm in norms]
mx.save_safetensors(str(out / "optimizers.safetensors"), tensors)
schedules = {}
for name, config in SCHEDULES.items():
    schedule = build_schedule(config)
    rates = [mx.array(schedule(mx.array(step, mx.uint64))).item() for step in range(30)]
    schedules[name] = dict(config, rates=rates)
(out / "optimizers.json").write_text(json.dumps({"cases": cases, "schedules": schedules}, indent=1) + "\n")
