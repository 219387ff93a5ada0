"""Which tokens transformers marks as the assistant's, by the generation tags of a chat template.

Usage: python make_marked.py   (with transformers; reads tokenizers/*/, writes marked.json beside it)
"""

import json
from pathlib import Path

from transformers import AutoTokenizer

HERE = Path(__file__).parent

TEMPLATES = {
    "turns": (
        "{%- for m in messages %}<|turn|>{{ m['role'] }}\n{% if m['role'] == 'assistant' %}"
        "{% generation %}{{ m['content'] }}<|end|>{% endgeneration %}\n"
        "{% else %}{{ m['content'] }}<|end|>\n{% endif %}{% endfor %}"),
    "trimmed": (
        "{%- for m in messages -%}<|turn|>{{ m['role'] + '\n' }}\n{%- if m['role'] == 'assistant' -%}\n"
        "    {%- generation -%}\n{%- set said = m['content'] | trim -%}{{- said -}}\n    {%- endgeneration -%}<|end|>\n"
        "{%- else -%}{{- m['content'] -}}<|end|>{%- endif -%}{%- endfor -%}"),
    "unmarked": "{%- for m in messages %}<|turn|>{{ m['role'] }} {{ m['content'] }}<|end|>{% endfor %}",
}

CONVERSATIONS = [
    [{"role": "user", "content": "Which printer?"}, {"role": "assistant", "content": "The \U0001f5a8 on floor two."}],
    [{"role": "user", "content": "a \U0001f600\U0001f600 b"}, {"role": "assistant", "content": " na\u00efve \n"},
     {"role": "user", "content": "next"}, {"role": "assistant", "content": "\u65e5\u672c\u8a9e no"}],
    [{"role": "user", "content": "only asked"}],
    [{"role": "assistant", "content": ""}, {"role": "assistant", "content": "said"}],
]


def main():
    cases = []
    for name in ("bytes", "pieces"):
        tokenizer = AutoTokenizer.from_pretrained(HERE / "tokenizers" / name)
        for template in TEMPLATES.values():
            for messages in CONVERSATIONS:
                # transformers cannot place an empty part; the empty answer is compared where its mark is not empty.
                if template == TEMPLATES["trimmed"] and any(m["content"] == "" for m in messages):
                    continue
                out = tokenizer.apply_chat_template(
                    messages, chat_template=template, tokenize=True, return_dict=True, return_assistant_tokens_mask=True)
                cases.append({
                    "tokenizer": name, "template": template, "messages": messages, "ids": out["input_ids"],
                    "mask": out["assistant_masks"]})
    (HERE / "marked.json").write_text(json.dumps(cases, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
