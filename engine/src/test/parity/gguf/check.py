"""Exports models to GGUF and checks the files with the gguf package and with llama.cpp.

Usage: python check.py FIXTURES [--exported FOLDER] [--only FAMILY ...]

For each family and type: fuses FIXTURES/FAMILY/adapter-end into FIXTURES/FAMILY/model with engine/bin/mlx, exporting to
GGUF, and compares the file with the fused folder:

  metadata   the keys that llama.cpp reads for the family are there, with the values of config.json
  tensors    bytes are those that the gguf package makes of the folder's weights
  exact      llama.cpp, on the file's values in float32, continues two prompts greedily with exactly mlx-lm's ids
  text       llama.cpp, on the file, continues two prompts greedily with the ids that mlx-lm gives on the weights of the file; 'ties'
             counts places where scores closer than llama.cpp's own rounding came in the other order
  tokens     llama.cpp splits sample texts and a rendered chat as the Hugging Face tokenizer does

With --exported, FOLDER/FAMILY-TYPE.gguf are the files, made of FIXTURES/FAMILY/model as it is. Needs gguf,
llama-cpp-python, mlx-lm. Prints a table and exits with 1 where a cell is not 'ok'.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import gguf
import llama_cpp
import mlx.core as mx
import numpy as np
from gguf import GGMLQuantizationType as Q
from mlx_lm import load

FAMILIES = ["llama", "mistral", "qwen2", "qwen3", "phi3", "gemma", "gemma2", "gemma3_text"]
TYPES = {"f16": Q.F16, "bf16": Q.BF16, "q8_0": Q.Q8_0}
ARCHITECTURES = {"mistral": "llama", "gemma3_text": "gemma3"}
STEPS = 24
# Of the standard deviation of the scores.
NOISE = {"f16": 0.02, "bf16": 0.25, "q8_0": 1.0}
TEXTS = [
    "The printer on floor two stops.", "Reply in two sentences; it's urgent!", " leading and trailing ",
    "two\n\nlines\r\n\ttab", "na\u00efve \u00e9t\u00e9", "\U0001f600 smile", "\u65e5\u672c\u8a9e\u306e\u30c6\u30ad\u30b9\u30c8",
    "1234567890 3.14", "    four spaces", "it's 'quoted' \"twice\"", "a ,b .", "x" * 50, "<|im_start|>user\nHi<|im_end|>\n",
]
COMPUTED = {"rope_freqs.weight", "rope_factors_long.weight", "rope_factors_short.weight"}
NAMES = {
    "model.embed_tokens": "token_embd", "model.norm": "output_norm", "lm_head": "output", "input_layernorm": "attn_norm",
    "self_attn.q_proj": "attn_q", "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v",
    "self_attn.qkv_proj": "attn_qkv", "self_attn.o_proj": "attn_output", "self_attn.q_norm": "attn_q_norm",
    "self_attn.k_norm": "attn_k_norm", "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up", "mlp.gate_up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down", "pre_feedforward_layernorm": "ffn_norm", "post_feedforward_layernorm": "post_ffw_norm",
}


def gguf_name(name, four_norms):
    path, kind = name.rsplit(".", 1)
    after = "post_attention_norm" if four_norms else "ffn_norm"
    layer = re.fullmatch(r"model\.layers\.(\d+)\.(.+)", path)
    part = (NAMES | {"post_attention_layernorm": after})[layer.group(2) if layer else path]
    return f"blk.{layer.group(1)}.{part}.{kind}" if layer else f"{part}.{kind}"


def arranged(family, config, name, value):
    if family in ("llama", "mistral") and ("q_proj" in name or "k_proj" in name):
        heads = config["num_attention_heads"] if "q_proj" in name else config["num_key_value_heads"]
        return value.reshape(heads, 2, value.shape[0] // heads // 2, -1).swapaxes(1, 2).reshape(value.shape)
    if family.startswith("gemma"):
        head = config["head_dim"]
        factor = np.float32(np.sqrt(head / config.get("query_pre_attn_scalar", head)))
        if name.endswith("norm.weight"):
            value = value + np.float32(1)
        if family == "gemma2" and "q_proj" in name or family == "gemma3_text" and "q_norm" in name:
            value = value * factor
    return value


def weights(model):
    tensors = {}
    for file in sorted(model.glob("model*.safetensors")):
        tensors |= {name: np.array(value.astype(mx.float32)) for name, value in mx.load(str(file)).items()}
    return tensors


def expected_metadata(family, kind, model, config):
    architecture = ARCHITECTURES.get(family, family)
    head = config.get("head_dim", config["hidden_size"] // config["num_attention_heads"])
    nested = config.get("rope_parameters", {})
    everywhere, windows = nested.get("full_attention", nested), nested.get("sliding_attention", {})
    base = config.get("rope_theta", everywhere.get("rope_theta", 1e6 if family == "gemma3_text" else 1e4))
    wanted = {
        "general.architecture": architecture,
        "general.file_type": {"f16": 1, "bf16": 32, "q8_0": 7}[kind],
        "general.quantization_version": 2,
        f"{architecture}.context_length": config["max_position_embeddings"],
        f"{architecture}.embedding_length": config["hidden_size"],
        f"{architecture}.block_count": config["num_hidden_layers"],
        f"{architecture}.feed_forward_length": config["intermediate_size"],
        f"{architecture}.attention.head_count": config["num_attention_heads"],
        f"{architecture}.attention.head_count_kv": config["num_key_value_heads"],
        f"{architecture}.attention.layer_norm_rms_epsilon": float(np.float32(config["rms_norm_eps"])),
        f"{architecture}.rope.freq_base": base,
    }
    if family != "phi3":
        wanted |= {f"{architecture}.attention.{part}_length": head for part in ("key", "value")}
    if family in ("llama", "mistral", "phi3"):
        wanted[f"{architecture}.rope.dimension_count"] = int(head * config.get("partial_rotary_factor", 1))
    if family == "gemma2":
        wanted |= {"gemma2.attn_logit_softcapping": config.get("attn_logit_softcapping", 50.0),
                   "gemma2.final_logit_softcapping": config.get("final_logit_softcapping", 30.0),
                   "gemma2.attention.sliding_window": config.get("sliding_window", 4096)}
    if family == "gemma3_text":
        wanted |= {"gemma3.attention.sliding_window": config["sliding_window"],
                   "gemma3.attention.sliding_window_pattern": config.get(
                       "sliding_window_pattern", config.get("layer_types", []).index("full_attention") + 1
                       if "layer_types" in config else 6),
                   "gemma3.rope.freq_base_swa": config.get("rope_local_base_freq", windows.get("rope_theta", 10000.0))}
    tokenizer = json.loads((model / "tokenizer_config.json").read_text())
    tokens = json.loads((model / "tokenizer.json").read_text())
    ids = tokens["model"]["vocab"] | {added["content"]: added["id"] for added in tokens["added_tokens"]}
    for key, name in (("bos", "bos"), ("eos", "eos"), ("pad", "padding")):
        if tokenizer.get(f"{key}_token"):
            wanted[f"tokenizer.ggml.{name}_token_id"] = ids[tokenizer[f"{key}_token"]]
    if tokenizer.get("chat_template"):
        wanted["tokenizer.chat_template"] = tokenizer["chat_template"]
    return wanted


def metadata_problem(reader, family, kind, model, config):
    values = {name: field.contents() for name, field in reader.fields.items()}
    for key, value in expected_metadata(family, kind, model, config).items():
        if values.get(key) != value:
            return f"{key} is {values.get(key)!r}, not {value!r}"
    if len(values["tokenizer.ggml.tokens"]) != config["vocab_size"]:
        return "number of tokens"
    return None


def expected_tensors(family, kind, config, tensors):
    """Name in the file to type, shape and bytes."""
    four = family in ("gemma2", "gemma3_text")
    dropped = {"lm_head.weight"} if family in ("gemma", "gemma2") or config.get("tie_word_embeddings") else set()
    expected = {}
    for source, value in tensors.items():
        if source not in dropped:
            value = np.ascontiguousarray(arranged(family, config, source, value))
            quantization = TYPES[kind] if value.ndim > 1 else Q.F32
            data = np.ascontiguousarray(gguf.quants.quantize(value, quantization)).tobytes()
            expected[gguf_name(source, four)] = (quantization, value.shape, data)
    return expected


def tensor_problem(reader, family, kind, config, tensors):
    found = {tensor.name: tensor for tensor in reader.tensors}
    expected = expected_tensors(family, kind, config, tensors)
    if set(found) - COMPUTED != set(expected):
        return f"names {sorted(set(found) ^ set(expected))[:3]}"
    for name, (quantization, shape, data) in expected.items():
        tensor = found[name]
        if tensor.tensor_type != quantization or tuple(tensor.shape[::-1]) != shape or tensor.data.tobytes() != data:
            return name
    return None


def restored(reader, family, config, tensors):
    """The weights of the file in the names of the folder, so that mlx-lm computes with them."""
    found = {tensor.name: tensor for tensor in reader.tensors}
    four = family in ("gemma2", "gemma3_text")
    out = {}
    for name, value in tensors.items():
        tensor = found.get(gguf_name(name, four))
        if tensor is None:
            out[name] = value
            continue
        read = gguf.quants.dequantize(tensor.data, tensor.tensor_type).reshape(value.shape).astype(np.float32)
        if family in ("llama", "mistral") and ("q_proj" in name or "k_proj" in name):
            heads = config["num_attention_heads"] if "q_proj" in name else config["num_key_value_heads"]
            read = read.reshape(heads, value.shape[0] // heads // 2, 2, -1).swapaxes(1, 2).reshape(value.shape)
        if family.startswith("gemma") and name.endswith("norm.weight"):
            read = read - np.float32(1)
        out[name] = read
    return {name: mx.array(value) for name, value in out.items()}


def scores_mlx(model, ids):
    return np.array(model(mx.array([ids]))[0, -1].astype(mx.float32))


def continued(llm, model, ids, kind):
    """Ids of mlx-lm, one by one, and what llama.cpp would have said in its place: problem, ties, largest difference.

    llama.cpp rounds activations as it rounds weights (bfloat16, or eight bits for q8_0), so that scores which are
    closer than that noise may come in either order. Such a tie is counted; any other difference is a problem.
    """
    ids, ties, largest = list(ids), 0, 0.0
    llm.reset()
    llm.eval(ids)
    for step in range(STEPS):
        expected, actual = scores_mlx(model, ids), llm.scores[llm.n_tokens - 1]
        spread = float(expected.std())
        largest = max(largest, float(np.abs(expected - actual).max()) / spread)
        best, other = int(expected.argmax()), int(actual.argmax())
        if best != other:
            ties += 1
            gap = float(expected[best] - expected[other]) / spread
            if gap > NOISE[kind]:
                return f"step {step}: {other} in place of {best}, whose scores are {gap:.1e} apart", ties, largest
        ids.append(best)
        llm.eval([best])
    if largest > NOISE[kind]:
        return f"scores differ by {largest:.1e}", ties, largest
    return None, ties, largest


def token_problem(llm, tokenizer):
    texts = list(TEXTS)
    if tokenizer.chat_template:
        texts.append(tokenizer.apply_chat_template(
            [{"role": "user", "content": "Which printer?"}, {"role": "assistant", "content": "The one on floor two."}],
            tokenize=False))
    for text in texts:
        expected = tokenizer.encode(text, add_special_tokens=False)
        actual = llm.tokenize(text.encode(), add_bos=False, special=True)
        if actual != expected:
            return f"{text[:20]!r}: {actual[:8]} not {expected[:8]}"
    full, plain = tokenizer.encode("a"), tokenizer.encode("a", add_special_tokens=False)
    if llm.tokenize(b"a", add_bos=True, special=True) != full:
        return f"special tokens around a text: {llm.tokenize(b'a', add_bos=True, special=True)} not {full} ({plain})"
    return None


def check(kind, file, model, prompts):
    config = json.loads((model / "config.json").read_text())
    family = config["model_type"]
    reader = gguf.GGUFReader(file)
    tensors = weights(model)
    mlx_model, tokenizer = load(str(model))
    mlx_model.load_weights(list(restored(reader, family, config, tensors).items()), strict=False)
    with tempfile.TemporaryDirectory() as folder:
        plain_copy(reader, Path(folder) / "plain.gguf")
        exact = exact_problem(opened(Path(folder) / "plain.gguf"), mlx_model, prompts)
    llm = opened(file)
    texts = [continued(llm, mlx_model, prompt, kind) for prompt in prompts]
    return {
        "metadata": metadata_problem(reader, family, kind, model, config),
        "tensors": tensor_problem(reader, family, kind, config, tensors),
        "exact": exact,
        "text": next((problem for problem, _, _ in texts if problem), None),
        "tokens": token_problem(llm, tokenizer),
    }, f"{sum(ties for _, ties, _ in texts)}/{STEPS * len(texts)}", max(largest for _, _, largest in texts)


def plain_copy(reader, file):
    """The file with all tensors in float32, where llama.cpp rounds no activations."""
    writer = gguf.GGUFWriter(file, reader.fields["general.architecture"].contents())
    for name, field in reader.fields.items():
        if not name.startswith("GGUF.") and name not in ("general.architecture", "general.file_type"):
            kind = field.types[0]
            writer.add_key_value(name, field.contents(), kind, field.types[-1] if kind == gguf.GGUFValueType.ARRAY else None)
    for tensor in reader.tensors:
        values = gguf.quants.dequantize(tensor.data, tensor.tensor_type).astype(np.float32)
        writer.add_tensor(tensor.name, values.reshape(tensor.shape[::-1]))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def opened(file):
    return llama_cpp.Llama(
        model_path=str(file), n_ctx=256, logits_all=True, n_threads=1, verbose=False, flash_attn=False,
        type_k=llama_cpp.GGML_TYPE_F32, type_v=llama_cpp.GGML_TYPE_F32)


def exact_problem(llm, model, prompts):
    for prompt in prompts:
        expected = list(prompt)
        for _ in range(STEPS):
            expected.append(int(scores_mlx(model, expected).argmax()))
        llm.reset()
        llm.eval(prompt)
        for step, token in enumerate(expected[len(prompt):]):
            actual = int(np.argmax(llm.scores[llm.n_tokens - 1]))
            if actual != token:
                return f"step {step}: {actual} in place of {token}"
            llm.eval([token])
    return None


def fused(command, fixture, kind, folder):
    target = folder / f"{fixture.name}-{kind}"
    file = folder / f"{fixture.name}-{kind}.gguf"
    subprocess.run(
        [command, "fuse", "--model", fixture / "model", "--adapter-path", fixture / "adapter-end", "--save-path", target,
         "--data", fixture / "data", "--export-gguf", "--gguf-type", kind, "--gguf-path", file],
        check=True, stdout=subprocess.DEVNULL)
    return file, target


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("fixtures", type=Path)
    arguments.add_argument("--exported", type=Path)
    arguments.add_argument("--only", nargs="+", default=FAMILIES, help="names of fixtures")
    arguments.add_argument(
        "--mlx", type=Path, default=Path(__file__).resolve().parents[4] / "bin" / "mlx", help="the engine's command line")
    given = arguments.parse_args()
    wrong = []
    columns = ["metadata", "tensors", "exact", "text", "tokens"]
    print(f"{'family':<18}{'type':<7}" + "".join(f"{column:<10}" for column in columns) + "ties      largest difference of scores")
    with tempfile.TemporaryDirectory() as temporary:
        for family in given.only:
            fixture = given.fixtures / family
            prompts = json.loads((fixture / "expected.json").read_text())["prompt_ids"]
            for kind in TYPES:
                if given.exported:
                    file, model = given.exported / f"{family}-{kind}.gguf", fixture / "model"
                else:
                    file, model = fused(given.mlx, fixture, kind, Path(temporary))
                problems, ties, largest = check(kind, file, model, prompts)
                print(f"{family:<18}{kind:<7}"
                      + "".join(f"{'ok' if problems[column] is None else 'OFF':<10}" for column in columns)
                      + f"{ties:<10}{largest:.1e}", flush=True)
                wrong += [f"{family} {kind} {column}: {problem}" for column, problem in problems.items() if problem]
    print("\n".join(wrong))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
