"""Three small tokenizers and what transformers and mlx-lm do with them.

Usage: python make_tokenizers.py   (with mlx-lm; writes tokenizers/*/ and tokenizers.json beside it)

  bytes    byte-level BPE, chat template in tokenizer_config.json, no token at the beginning
  pieces   SentencePiece-like BPE with byte fallback, a token at the beginning, chat_template.jinja, end tokens in
           generation_config.json, and a padding token that only tokenizer_config.json names
  words    WordLevel, no chat template, special tokens in special_tokens_map.json
"""

import json
import random
import shutil
from pathlib import Path

from mlx_lm.tokenizer_utils import load
from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

HERE = Path(__file__).parent
OUT = HERE / "tokenizers"

TURNS = (
    "{%- if tools %}<|turn|>system\n{{ tools | tojson }}<|end|>\n{% endif %}"
    "{%- for m in messages %}<|turn|>{{ m['role'] }}\n{{ m['content'] }}<|end|>\n{% endfor %}"
    "{%- if add_generation_prompt %}<|turn|>assistant\n{% endif %}"
    "{%- if enable_thinking %}<think>{% endif %}"
)

TEXTS = [
    "The printer on floor two stops.", "", " leading and trailing ", "two\n\nlines\r\n\ttab", "na\u00efve \u00e9t\u00e9",
    "\U0001f600 smile \U0001f468\u200d\U0001f469\u200d\U0001f467", "\u65e5\u672c\u8a9e\u306e\u30c6\u30ad\u30b9\u30c8", "a <|end|> b<|turn|>c", "nul\x00inside", "x" * 50,
    "1234567890", "\ufffd", "    four spaces", "it's 'quoted' \"twice\"", "a ,b ." , "\U00020000 plane two",
]

CONVERSATION = [
    {"role": "user", "content": "Which printer?"}, {"role": "assistant", "content": "The \U0001f5a8 on floor two."},
]


def sentences():
    rng = random.Random(5)
    words = "printer badge laptop invoice router ticket stops fails on in floor two the The a since Monday".split()
    return [" ".join(rng.choice(words) for _ in range(8)) + "." for _ in range(800)] + ["caf\u00e9 \u00fcber \U0001f600"]


def byte_level():
    tok = Tokenizer(models.BPE())
    tok.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tok.decoder = decoders.ByteLevel()
    tok.train_from_iterator(sentences(), trainers.BpeTrainer(
        vocab_size=360, special_tokens=["<|endoftext|>", "<|turn|>", "<|end|>", "<think>", "</think>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False))
    save("bytes", tok, {
        "tokenizer_class": "PreTrainedTokenizerFast", "eos_token": "<|end|>", "pad_token": "<|endoftext|>",
        "bos_token": None, "chat_template": TURNS, "model_max_length": 16})
    (OUT / "bytes" / "config.json").write_text(json.dumps({"model_type": "llama", "eos_token_id": [0, 2]}) + "\n")


def pieces():
    tok = Tokenizer(models.BPE(byte_fallback=True, unk_token="<unk>", fuse_unk=True))
    tok.normalizer = normalizers.Sequence([normalizers.Prepend("\u2581"), normalizers.Replace(" ", "\u2581")])
    tok.decoder = decoders.Sequence([
        decoders.Replace("\u2581", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)])
    special = ["<unk>", "<s>", "</s>", "<|turn|>", "<|end|>"] + [f"<0x{b:02X}>" for b in range(256)]
    trained = Tokenizer(models.BPE(unk_token="<unk>"))
    trained.normalizer = tok.normalizer
    trained.pre_tokenizer = pre_tokenizers.Split("\u2581", "merged_with_next")
    trained.train_from_iterator(sentences(), trainers.BpeTrainer(
        vocab_size=380, special_tokens=special, show_progress=False))
    model = json.loads(trained.to_str())["model"]
    tok.model = models.BPE(
        vocab=model["vocab"], merges=[tuple(m) for m in model["merges"]], byte_fallback=True, unk_token="<unk>",
        fuse_unk=True)
    tok.add_special_tokens([AddedToken(t, special=True, normalized=False) for t in special[:5]])
    tok.post_processor = processors.TemplateProcessing(
        single="<s> $A", pair="<s> $A <s> $B", special_tokens=[("<s>", tok.token_to_id("<s>"))])
    save("pieces", tok, {
        "tokenizer_class": "PreTrainedTokenizerFast", "bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>",
        "pad_token": "<pad>", "add_bos_token": False, "chat_template": "not this one"})
    (OUT / "pieces" / "chat_template.jinja").write_text("{{ bos_token }}" + TURNS + "\n")
    (OUT / "pieces" / "config.json").write_text(json.dumps({"model_type": "llama", "eos_token_id": 0}) + "\n")
    (OUT / "pieces" / "generation_config.json").write_text(json.dumps({"eos_token_id": [2, 4]}) + "\n")


def words():
    tok = Tokenizer(models.WordLevel(unk_token="[UNK]"))
    tok.pre_tokenizer = pre_tokenizers.Whitespace()
    tok.decoder = decoders.WordPiece(prefix="##", cleanup=True)
    tok.train_from_iterator(sentences(), trainers.WordLevelTrainer(
        special_tokens=["[UNK]", "[END]"], show_progress=False))
    save("words", tok, {"tokenizer_class": "PreTrainedTokenizerFast"})
    (OUT / "words" / "special_tokens_map.json").write_text(json.dumps({
        "eos_token": {"content": "[END]", "lstrip": False, "normalized": False, "rstrip": False,
                      "single_word": False}, "unk_token": "[UNK]"}) + "\n")


def save(name, tok, config):
    shutil.rmtree(OUT / name, ignore_errors=True)
    (OUT / name).mkdir(parents=True)
    tok.save(str(OUT / name / "tokenizer.json"), pretty=False)
    (OUT / name / "tokenizer_config.json").write_text(json.dumps(config, indent=2) + "\n")


def expected(name):
    folder = OUT / name
    config = json.loads((folder / "config.json").read_text()) if (folder / "config.json").exists() else {}
    if (folder / "generation_config.json").exists():
        config.update(json.loads((folder / "generation_config.json").read_text()))
    tok = load(folder, eos_token_ids=config.get("eos_token_id"))
    out = {
        "size": len(tok), "bos": tok.bos_token_id, "eos": tok.eos_token_id, "pad": tok.pad_token_id,
        "ends": sorted(tok.eos_token_ids), "texts": [], "chats": [], "streams": []}
    for text in TEXTS:
        plain = tok.encode(text, add_special_tokens=False)
        out["texts"].append({
            "text": text, "ids": tok.encode(text), "plain": plain,
            "decoded": tok.decode(plain), "skipped": tok.decode(plain, skip_special_tokens=True)})
    if tok.has_chat_template:
        for prompt in (False, True):
            for tools in (None, [{"type": "function", "function": {"name": "ping"}}]):
                out["chats"].append({
                    "tools": tools, "prompt": prompt,
                    "text": tok.apply_chat_template(
                        CONVERSATION, tools=tools, add_generation_prompt=prompt, tokenize=False),
                    "ids": tok.apply_chat_template(CONVERSATION, tools=tools, add_generation_prompt=prompt)})
    rng = random.Random(3)
    # mlx-lm streams the byte 0 of byte-level vocabularies as the letter that stands for it, which is not to be copied.
    streams = [case["plain"] for case in out["texts"] if case["plain"] and "\x00" not in case["text"]]
    nul = tok.encode("\x00", add_special_tokens=False)
    streams += [[i for i in (rng.randrange(len(tok)) for _ in range(40)) if i not in nul] for _ in range(40)]
    for ids in streams:
        detokenizer = tok.detokenizer
        segments = []
        for i in ids:
            detokenizer.add_token(i)
            segments.append(detokenizer.last_segment)
        try:
            detokenizer.finalize()
        except KeyError:
            # mlx-lm's own finalize stops at characters that are no bytes; then only the pieces before count.
            out["streams"].append({"ids": ids, "pieces": segments, "rest": None})
            continue
        out["streams"].append({"ids": ids, "pieces": segments, "rest": detokenizer.last_segment})
    return out


def main():
    byte_level()
    pieces()
    words()
    result = {"conversation": CONVERSATION, "tokenizers": {n: expected(n) for n in ("bytes", "pieces", "words")}}
    (HERE / "tokenizers.json").write_text(json.dumps(result, ensure_ascii=True) + "\n")


if __name__ == "__main__":
    main()
