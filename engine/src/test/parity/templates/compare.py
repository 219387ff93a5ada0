"""Compares the engine's rendering of chat templates with that of transformers, template by template.

Usage: python compare.py FOLDER [--differences N]   (with transformers and jinja2; MLX_MVN names another mvn)

FOLDER holds templates as their publishers ship them, at any depth: *.jinja files, and tokenizer_config.json files whose
chat_template is a text or a list of named ones. Each is rendered over the conversations below, without and with tools,
documents and switches. A template that refuses a conversation must be refused by both. Prints a line for each template
and exits with 1 where one differs.
"""

import argparse
import datetime
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import transformers.utils.chat_template_utils as chat_templates

ROOT = Path(__file__).resolve().parents[5]


class FixedClock(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls(2026, 3, 7, 9, 5, 2)


chat_templates.datetime = FixedClock

TOOLS = [
    {"type": "function", "function": {
        "name": "find_ticket", "description": "Finds a ticket <by number> & 'more'",
        "parameters": {"type": "object", "properties": {
            "number": {"type": "integer", "description": "The number", "default": 7},
            "state": {"type": "string", "enum": ["open", "closed"], "description": "its state"},
            "since": {"type": ["string", "null"], "default": None},
            "ratio": {"type": "number", "nullable": True},
            "tags": {"type": "array", "items": {"type": "string"}, "description": "any of \u00fc"},
            "owner": {"type": "object", "description": "who", "properties": {
                "name": {"type": "string"}, "teams": {"type": "array", "items": {"type": "object", "properties": {
                    "id": {"type": "integer"}}}}}, "required": ["name"]},
            "either": {"oneOf": [{"type": "string"}, {"type": "boolean", "description": "yes"}]}},
            "required": ["number", "owner"]}, "return": {"type": "string", "description": "the ticket"}}},
    {"type": "function", "function": {
        "name": "ping", "description": "Two\nlines", "parameters": {"type": "object", "properties": {}}}},
]
# Some templates call themselves without end over a schema that has no plain type everywhere, so these have one.
PLAIN_TOOLS = [
    {"type": "function", "function": {
        "name": "add", "description": "Adds two <numbers>", "parameters": {"type": "object", "properties": {
            "a": {"type": "integer", "description": "First"}, "b": {"type": "number", "description": "Second"},
            "how": {"type": "string", "description": "how", "enum": ["up", "down"]}}, "required": ["a", "b"]},
        "return": {"type": "number", "description": "their sum"}}},
]
DOCUMENTS = [{"title": "Manual", "text": "Turn it off.\nTurn it on."}, {"title": "Log <1>", "text": "\u00e9\u00e8"}]


def turn(role, content, **more):
    return {"role": role, "content": content, **more}


def user(content):
    return turn("user", content)


def assistant(content, **more):
    return turn("assistant", content, **more)


def calls(*arguments):
    return [{"id": "call0000%d" % i, "type": "function", "function": {"name": "find_ticket", "arguments": a}}
            for i, a in enumerate(arguments)]


def result(content, i=0):
    return turn("tool", content, name="find_ticket", tool_call_id="call0000%d" % i)


DEEP = {"number": 7, "ratio": 1.5, "owner": {"name": "O'Neil \"x\"", "teams": [{"id": 1}, {"id": None}]}, "ok": True}
CONVERSATIONS = {
    "user": [user("The badge fails.")],
    "system": [turn("system", "  Be brief.\n"), user(" Printer? ")],
    "turns": [user("One"), assistant("Two \u00f1 \U0001f600 \"q\" <b>"), user("Three"), assistant(" Four\n"), user("5")],
    "system turns": [turn("system", "S"), user("a\n\nb"), assistant("<think>\nwhy\n</think>\n\nbecause"), user("'c'"),
                     assistant("d")],
    "switches": [turn("system", "Be kind. /no_think"), user("a /think"), assistant("b"), user("c /no_think")],
    "call": [user("Ticket 7?"), assistant("", tool_calls=calls(DEEP)), result("{\"state\": \"open\"}"),
             assistant("It is open.")],
    "calls": [turn("system", "S"), user("Both?"), assistant("Looking.", tool_calls=calls({"number": 1}, {"number": 2})),
              result("x"), result("y\n", 1), assistant("Both."), user("Thanks")],
    "call without content": [user("7?"), {"role": "assistant", "tool_calls": calls({"number": 7})}, result("[1, 2]"),
                             user("and?")],
    "call as text": [user("7?"), assistant(None, tool_calls=calls("{\"number\": 7}")), result("open")],
    "call at the end": [user("7?"), assistant("", tool_calls=calls({"number": 7}))],
    "reasoning": [user("Q"), assistant("A", reasoning_content="because\n"), user("R"),
                  assistant("B", reasoning_content="\nso <x>")],
    "reasoned call": [user("Q"), assistant("", reasoning_content="look", tool_calls=calls({"number": 3})), result("z"),
                      assistant("done", reasoning_content="seen")],
    "developer": [turn("developer", "D"), user("x")],
    "wrong order": [assistant("first"), user("second")],
    "same twice": [user("x"), user("y")],
    "unknown role": [turn("robot", "?"), user("x")],
    "parts": [turn("system", [{"type": "text", "text": "sys"}]),
              user([{"type": "text", "text": "What"}, {"type": "image"}, {"type": "text", "text": " now?"}]),
              assistant([{"type": "text", "text": "That."}])],
    "empty": [user("")],
}
SETTINGS = [
    {"tools": None, "add_generation_prompt": True, "enable_thinking": False},
    {"tools": None, "add_generation_prompt": False},
    {"tools": None, "add_generation_prompt": True, "enable_thinking": True, "documents": DOCUMENTS,
     "reasoning_effort": "high", "citation_mode": "fast"},
    {"tools": TOOLS, "add_generation_prompt": True, "enable_thinking": True, "date_string": "1 Jan 2026"},
    {"tools": TOOLS, "add_generation_prompt": False, "documents": DOCUMENTS, "thinking": True, "controls": {"length": "long"},
     "xml_tools": ["<a>"], "builtin_tools": ["browser", "python"], "model_identity": "M", "keep_reasoning": True},
    {"tools": PLAIN_TOOLS, "add_generation_prompt": True, "functions": "[]", "datetime": "7 March 2026",
     "continue_final_message": True, "reasoning_effort": "low", "clear_thinking": False, "preserve_thinking": True},
]
TOKENS = {"bos_token": "<s>", "eos_token": "</s>", "pad_token": "<pad>", "unk_token": "<unk>"}


def templates(folder):
    for path in sorted(folder.rglob("*.jinja")):
        yield str(path.relative_to(folder)), path.read_bytes().decode("utf-8")
    for path in sorted(folder.rglob("tokenizer_config.json")):
        given = json.loads(path.read_text(encoding="utf-8")).get("chat_template") or []
        named = [("", given)] if isinstance(given, str) else [(" " + t["name"], t["template"]) for t in given]
        for name, source in named:
            yield str(path.relative_to(folder)) + name, source


def messages(conversation):
    """As apply_chat_template hands them over: without keys of no value, reasoning under its three names."""
    present = [{key: value for key, value in message.items() if value is not None} for message in conversation]
    return chat_templates._alias_reasoning_fields(present)


def compiled(source):
    try:
        return chat_templates._cached_compile_jinja_template(source)
    except Exception:
        return None


def expected(template, variables):
    try:
        return template.render(**variables)
    except Exception:
        return None


def rendered(cases):
    with tempfile.TemporaryDirectory() as folder:
        given, texts = Path(folder, "cases.jsonl"), Path(folder, "texts.jsonl")
        with given.open("w", encoding="utf-8") as out:
            before = None
            for case in cases:
                # A template is written once, with the first of its cases.
                source = None if case["source"] == before else case["source"]
                before = case["source"]
                out.write(json.dumps({"source": source, "variables": case["variables"]}) + "\n")
        subprocess.run(
            [os.environ.get("MLX_MVN", "mvn"), "-q", "-B", "-pl", "engine", "-am", "test", "-Dtest=TemplateRun",
             "-Dsurefire.failIfNoSpecifiedTests=false", "-Dtemplates.cases=%s" % given, "-Dtemplates.texts=%s" % texts],
            cwd=ROOT, check=True, stdout=sys.stderr)
        return [json.loads(line) for line in texts.read_text(encoding="utf-8").splitlines()]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--differences", type=int, default=0, help="show so many of the texts that differ")
    arguments = parser.parse_args()
    cases = []
    for name, source in templates(arguments.folder):
        template = compiled(source)
        for conversation, turns in CONVERSATIONS.items():
            for settings in SETTINGS:
                variables = {"messages": messages(turns), "documents": None, **TOKENS, **settings}
                cases.append({"name": name, "conversation": conversation, "source": source, "variables": variables,
                              "expected": expected(template, variables)})
    counts, wrong = {}, []
    for case, text in zip(cases, rendered(cases), strict=True):
        count = counts.setdefault(case["name"], {"equal": 0, "refused": 0, "different": 0})
        same = case["expected"] == text
        count["different" if not same else "refused" if text is None else "equal"] += 1
        if not same:
            wrong.append((case, text))
    width = max(len(name) for name in counts)
    for name, count in counts.items():
        print("%-*s %3d equal %3d refused by both %3d different" % (width, name, *count.values()))
    for case, text in wrong[:arguments.differences]:
        print("\n== %s, %s\n-- transformers\n%r\n-- engine\n%r" % (case["name"], case["conversation"], case["expected"], text))
    equal, refused = (sum(c[key] for c in counts.values()) for key in ("equal", "refused"))
    print("%d templates, %d renderings: %d equal, %d refused by both, %d different"
          % (len(counts), len(cases), equal, refused, len(wrong)))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
