"""Writes a small Llama with random weights and a tokenizer fitted to the given rows: what the base model starts from."""

import argparse
import json
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

END_OF_TEXT, START, END = "<|endoftext|>", "<|im_start|>", "<|im_end|>"
TEMPLATE = (
    "{% for message in messages %}"
    "{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n' }}"
    "{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)


def texts(rows):
    """The rows as the template writes them, so that the words of the template become tokens too."""
    for line in rows.read_text(encoding="utf-8").splitlines():
        for message in json.loads(line)["messages"]:
            yield f"{message['role']}\n{message['content']}\n"


def write_tokenizer(folder, rows, size):
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.train_from_iterator(
        texts(rows),
        trainers.BpeTrainer(
            vocab_size=size,
            special_tokens=[END_OF_TEXT, START, END],
            initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
            show_progress=False,
        ),
    )
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    write_json(
        folder / "tokenizer_config.json",
        {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "bos_token": None,
            "eos_token": END,
            "pad_token": END_OF_TEXT,
            "model_max_length": 512,
            "clean_up_tokenization_spaces": False,
            "chat_template": TEMPLATE,
        },
    )
    return tokenizer


def write_model(folder, tokenizer, arguments):
    hidden, inner, layers = arguments.hidden, arguments.inner, arguments.layers
    head = hidden // arguments.heads
    kv = head * arguments.kv_heads
    random = np.random.default_rng(arguments.seed)

    def normal(rows, columns, std):
        return (random.standard_normal((rows, columns)) * std).astype(np.float32)

    # Full training leaves the embedding and the last norm as they are here. Rows of length about `embedding_norm` are
    # long enough for a sharp choice between tokens; the two projections that write to the residual stream start small.
    vocabulary = tokenizer.get_vocab_size()
    small = 1 / np.sqrt(2 * layers)
    weights = {
        "model.embed_tokens.weight": normal(vocabulary, hidden, arguments.embedding_norm / np.sqrt(hidden)),
        "model.norm.weight": np.ones(hidden, np.float32),
    }
    for layer in range(layers):
        for name, rows, columns, scale in [
            ("self_attn.q_proj", hidden, hidden, 1),
            ("self_attn.k_proj", kv, hidden, 1),
            ("self_attn.v_proj", kv, hidden, 1),
            ("self_attn.o_proj", hidden, hidden, small),
            ("mlp.gate_proj", inner, hidden, 1),
            ("mlp.up_proj", inner, hidden, 1),
            ("mlp.down_proj", hidden, inner, small),
        ]:
            weights[f"model.layers.{layer}.{name}.weight"] = normal(rows, columns, scale * arguments.gain / np.sqrt(columns))
        for name in ("input_layernorm", "post_attention_layernorm"):
            weights[f"model.layers.{layer}.{name}.weight"] = np.ones(hidden, np.float32)
    save_file(weights, str(folder / "model.safetensors"), metadata={"format": "mlx"})
    write_json(
        folder / "config.json",
        {
            "architectures": ["LlamaForCausalLM"],
            "model_type": "llama",
            "hidden_size": hidden,
            "intermediate_size": inner,
            "num_hidden_layers": layers,
            "num_attention_heads": arguments.heads,
            "num_key_value_heads": arguments.kv_heads,
            "head_dim": head,
            "vocab_size": vocabulary,
            "max_position_embeddings": 512,
            "rms_norm_eps": 1e-5,
            "rope_theta": 10000.0,
            "rope_traditional": False,
            "attention_bias": False,
            "mlp_bias": False,
            "tie_word_embeddings": True,
            "torch_dtype": "float32",
            "eos_token_id": tokenizer.token_to_id(END),
            "pad_token_id": tokenizer.token_to_id(END_OF_TEXT),
        },
    )


def write_json(file, value):
    file.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=Path, help="train.jsonl with the rows the tokenizer is fitted to")
    parser.add_argument("folder", type=Path, help="the model folder to write")
    parser.add_argument("--vocabulary", type=int, default=1000)
    parser.add_argument("--hidden", type=int, default=128)
    parser.add_argument("--inner", type=int, default=256)
    parser.add_argument("--layers", type=int, default=2)
    parser.add_argument("--heads", type=int, default=4)
    parser.add_argument("--kv-heads", type=int, default=4)
    parser.add_argument("--embedding-norm", type=float, default=1.5)
    parser.add_argument("--gain", type=float, default=0.7)
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    tokenizer = write_tokenizer(arguments.folder, arguments.rows, arguments.vocabulary)
    write_model(arguments.folder, tokenizer, arguments)


if __name__ == "__main__":
    main()
