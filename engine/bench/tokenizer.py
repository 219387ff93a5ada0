"""A byte-level BPE tokenizer of a given size, trained on text of the benchmark's own, with a chat template."""

import json
import random

from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

from text import SYLLABLES, Text

SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
# Words, numbers of up to three digits, punctuation, white space: how the tokenizers of today's models part a text.
PIECES = r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
TEMPLATE = (
    "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] | trim + '<|im_end|>\\n' }}"
    "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}")


def further_words(count):
    """Words for a vocabulary that is larger than the text has use for, each twice so that it is worth a token."""
    made = random.Random(3)
    words = dict.fromkeys("".join(made.choices(SYLLABLES, k=made.randint(2, 5))) for _ in range(count))
    return [" " + word + " " + word for word in words]


def make(folder, vocabulary):
    """Writes tokenizer.json and tokenizer_config.json; the vocabulary has exactly the size asked for."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(PIECES), behavior="isolated"),
        pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary, special_tokens=SPECIAL, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        min_frequency=1, show_progress=False)
    text = Text(seed=2)
    corpus = [text.sentences(200) for _ in range(2000)] + further_words(vocabulary if vocabulary > 10000 else 0)
    tokenizer.train_from_iterator(corpus, trainer)
    if tokenizer.get_vocab_size() != vocabulary:
        raise SystemExit(f"the tokenizer has {tokenizer.get_vocab_size()} tokens instead of {vocabulary}")
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "tokenizer_config.json").write_text(json.dumps({
        "tokenizer_class": "PreTrainedTokenizerFast", "eos_token": "<|im_end|>", "pad_token": "<|endoftext|>",
        "model_max_length": 8192, "clean_up_tokenization_spaces": False, "chat_template": TEMPLATE}, indent=2))
