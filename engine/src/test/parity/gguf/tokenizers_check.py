"""Checks that llama.cpp splits texts as the Hugging Face tokenizer does, for each kind of tokenizer that is exported.

Usage: python tokenizers_check.py make FOLDER      small models with a tokenizer of each kind
       (export each FOLDER/NAME as f16 to FOLDER/NAME.gguf)
       python tokenizers_check.py check FOLDER     prints a table; exits with 1 where ids differ

Needs llama-cpp-python, transformers, tokenizers, mlx.
"""

import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve()
DOCS = sorted(HERE.parents[5].glob("docs/*.md"))
LLAMA3 = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+"
          r"|\s+(?!\S)|\s+")
QWEN2 = LLAMA3.replace("{1,3}", "")
UPPER, LOWER = r"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]", r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"
AFTER = r"| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"
BEFORE, END = r"[^\r\n\p{L}\p{N}]?", r"(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
GPT4O = f"{BEFORE}{UPPER}*{LOWER}+{END}|{BEFORE}{UPPER}+{LOWER}*{END}" r"|\p{N}{1,3}" + AFTER
TEKKEN = f"{BEFORE}{UPPER}*{LOWER}+|{BEFORE}{UPPER}+{LOWER}*" r"|\p{N}" + AFTER
SPECIAL = ["<s>", "</s>", "<|im_start|>", "<|im_end|>"]
TEXTS = [
    "The printer on floor two stops.", "Reply in TWO sentences; it's URGENT, we'Re LATE!", " leading and trailing ",
    "two\n\nlines\r\n\ttab \n", "na\u00efve \u00e9t\u00e9 \u00dcber STRASSE", "\U0001f600 smile \U0001f468\u200d\U0001f469\u200d\U0001f467",
    "\u65e5\u672c\u8a9e\u306e\u30c6\u30ad\u30b9\u30c8", "1234567890 3.14 v2", "    four spaces\n        eight",
    "it's 'quoted' \"twice\"", "a ,b .", "x" * 50, "`mlx fuse --save-path fused_model`", "https://a.b/c?d=e#f//g",
    "<|im_start|>user\nHi there<|im_end|>\n<|im_start|>assistant\n", "\u041f\u0440\u0438\u0432\u0435\u0442, \u043c\u0438\u0440", "camelCaseWords HTTPServer",
]


def byte_level(split, ignore_merges=False, digits=False):
    from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers
    tokenizer = Tokenizer(models.BPE(ignore_merges=ignore_merges))
    if split:
        tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
            [pre_tokenizers.Split(Regex(split), "isolated"), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    elif digits:
        tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
            [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)])
    else:
        tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.train([str(file) for file in DOCS], trainers.BpeTrainer(
        vocab_size=1500, special_tokens=SPECIAL, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False))
    return tokenizer


def pieces(prefix, bos, user_defined=()):
    from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
    steps = [normalizers.Prepend("\u2581")] if prefix else []
    normalizer = normalizers.Sequence(steps + [normalizers.Replace(" ", "\u2581")])
    special = ["<unk>"] + SPECIAL + [f"<0x{byte:02X}>" for byte in range(256)]
    letters = ["\n", "\u2581"] if user_defined else []
    trained = Tokenizer(models.BPE(unk_token="<unk>"))
    trained.normalizer = normalizer
    trained.pre_tokenizer = pre_tokenizers.Split("\u2581", "merged_with_next")
    trained.train([str(file) for file in DOCS], trainers.BpeTrainer(
        vocab_size=1500, special_tokens=special + letters + list(user_defined), show_progress=False))
    model = json.loads(trained.to_str())["model"]
    # As in a folder converted from SentencePiece: every pair that makes a token is a merge, ordered by that token.
    vocabulary = model["vocab"]
    merges = [(text[:cut], text[cut:]) for text in sorted(vocabulary, key=vocabulary.get) if text not in special
              for cut in range(1, len(text)) if text[:cut] in vocabulary and text[cut:] in vocabulary]
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=merges, byte_fallback=True, unk_token="<unk>", fuse_unk=True))
    tokenizer.normalizer = normalizer
    tokenizer.decoder = decoders.Sequence([
        decoders.Replace("\u2581", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1 if prefix else 0, 0)])
    tokenizer.add_special_tokens([AddedToken(text, special=True, normalized=False) for text in ["<unk>"] + SPECIAL])
    tokenizer.add_tokens([AddedToken(text, special=False, normalized=False) for text in user_defined])
    if bos:
        tokenizer.post_processor = processors.TemplateProcessing(
            single="<s> $A", pair="<s> $A <s> $B", special_tokens=[("<s>", tokenizer.token_to_id("<s>"))])
    return tokenizer


KINDS = {
    "gpt-2": lambda: byte_level(None), "smollm": lambda: byte_level(None, digits=True),
    "llama-bpe": lambda: byte_level(LLAMA3, ignore_merges=True), "dbrx": lambda: byte_level(LLAMA3),
    "qwen2": lambda: byte_level(QWEN2), "gpt-4o": lambda: byte_level(GPT4O),
    "tekken": lambda: byte_level(TEKKEN, ignore_merges=True), "pieces": lambda: pieces(True, True),
    "gemma-pieces": lambda: pieces(
        False, True, ["\n" * n for n in range(2, 6)] + ["\u2581" * n for n in range(2, 32)] + ["<table>"]),
}


def make(folder):
    import mlx.core as mx
    for name, build in KINDS.items():
        place = folder / name
        place.mkdir(parents=True)
        tokenizer = build()
        tokenizer.save(str(place / "tokenizer.json"))
        (place / "tokenizer_config.json").write_text(json.dumps({
            "tokenizer_class": "PreTrainedTokenizerFast", "bos_token": "<s>", "eos_token": "</s>",
            "clean_up_tokenization_spaces": False}))
        size = tokenizer.get_vocab_size()
        (place / "config.json").write_text(json.dumps({
            "model_type": "llama", "hidden_size": 32, "intermediate_size": 32, "num_hidden_layers": 1,
            "num_attention_heads": 2, "rms_norm_eps": 1e-5, "vocab_size": size, "tie_word_embeddings": True,
            "max_position_embeddings": 64}))
        tensors = {"model.embed_tokens.weight": mx.zeros((size, 32)), "model.norm.weight": mx.ones(32)}
        layer = "model.layers.0."
        for part in ("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "self_attn.o_proj", "mlp.gate_proj",
                     "mlp.up_proj", "mlp.down_proj"):
            tensors[f"{layer}{part}.weight"] = mx.zeros((32, 32))
        tensors[f"{layer}input_layernorm.weight"] = mx.ones(32)
        tensors[f"{layer}post_attention_layernorm.weight"] = mx.ones(32)
        mx.save_safetensors(str(place / "model.safetensors"), tensors)


def check(folder):
    import llama_cpp
    from transformers import AutoTokenizer
    wrong = 0
    for name in KINDS:
        tokenizer = AutoTokenizer.from_pretrained(folder / name)
        llm = llama_cpp.Llama(model_path=str(folder / f"{name}.gguf"), vocab_only=True, verbose=False)
        problems = []
        for text in TEXTS + [line for file in DOCS for line in file.read_text().splitlines()]:
            expected, actual = tokenizer.encode(text), llm.tokenize(text.encode(), add_bos=True, special=True)
            if expected != actual and text:
                problems.append(f"{text[:40]!r}: {actual} not {expected}")
        print(f"{name:<14}{'ok' if not problems else f'{len(problems)} OFF'}")
        print("".join(f"  {problem[:300]}\n" for problem in problems[:3]), end="")
        wrong += len(problems)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    {"make": make, "check": check}[sys.argv[1]](Path(sys.argv[2]))
