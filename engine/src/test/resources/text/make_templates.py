"""Expected renderings of chat templates, by transformers' own compile function.

Usage: python make_templates.py   (with transformers and jinja2; writes templates.json and expressions.json beside it)

templates/*.jinja are templates of our own with the constructs that publishers use; each is rendered over the
conversations below in each of the settings: with and without tools, documents and generation prompt. expressions.json
holds single expressions and small templates, each with what it prints or, where it fails, null. The clock stands at
7 March 2026, 09:05:02.
"""

import datetime
import json
from pathlib import Path

import transformers.utils.chat_template_utils as chat_templates

HERE = Path(__file__).parent


class FixedClock(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls(2026, 3, 7, 9, 5, 2)


chat_templates.datetime = FixedClock

TOOLS = [
    {"type": "function", "function": {
        "name": "find_ticket", "description": "Finds a ticket <by its number> & 'more'",
        "parameters": {"type": "object", "properties": {
            "number": {"type": "integer", "description": "The number"},
            "state": {"type": "string", "enum": ["open", "closed"]},
            "since": {"type": ["string", "null"], "default": None},
            "tags": {"type": "array", "items": {"type": "string"}},
            "either": {"oneOf": [{"type": "string", "description": "a name"}, {"type": "boolean"}], "default": "me"},
            "owner": {"type": "object", "description": "who\nit is", "properties": {
                "name": {"type": "string"}, "teams": {"type": "array", "items": {"type": "object", "properties": {
                    "id": {"type": "integer", "nullable": True}}}}}, "required": ["name"]}}, "required": ["number"]},
        "return": {"type": "array"}}},
    {"type": "function", "function": {
        "name": "ping", "description": "Two\nlines", "parameters": {"type": "object", "properties": {}}}},
]
DOCUMENTS = [
    {"title": "Manual <1>", "text": "Turn it off.\nTurn it on again.", "language": "en"},
    {"title": "Anleitung", "text": "Aus und ein. \u00dcber Nacht.", "language": "de"},
    {"title": "Log", "text": ""}, {"title": "Notes", "text": "one two three", "language": "en"},
]


def user(content):
    return {"role": "user", "content": content}


def assistant(content, **more):
    return {"role": "assistant", "content": content, **more}


def system(content):
    return {"role": "system", "content": content}


def call(arguments):
    return {"id": "call00001", "type": "function", "function": {"name": "find_ticket", "arguments": arguments}}


CONVERSATIONS = {
    "one user turn": [user("The badge fails.")],
    "system and user": [system("  Be brief.\n"), user(" Printer? ")],
    "two turns": [user("One"), assistant("Two ñ 😀 \"quoted\""), user("Three"), assistant("Four\n")],
    "system and two turns": [system("S"), user("a"), assistant("<think>\nwhy\n</think>\n\nb"), user("c\n\nd")],
    "tool call": [
        user("Ticket 7?"),
        assistant("", tool_calls=[call({"number": 7, "ratio": 1.5, "deep": {"a": [1, None, True]}})]),
        {"role": "tool", "content": "{\"state\": \"open\"}", "name": "find_ticket", "tool_call_id": "call00001"},
        assistant("It is open.")],
    "two tool calls": [
        system("S"), user("Both?"), assistant("Looking.", tool_calls=[call({"number": 1}), call({"number": 2})]),
        {"role": "tool", "content": "x", "name": "find_ticket", "tool_call_id": "call00001"},
        {"role": "tool", "content": "y", "name": "find_ticket", "tool_call_id": "call00001"}],
    "reasoning": [user("Q"), assistant("A", reasoning_content="because\n"), user("R")],
    "reasoned call": [
        {"role": "developer", "content": "D"}, user("Q /no_think"),
        assistant(None, reasoning_content=" look\n", tool_calls=[call({"number": 3, "on": True, "in": ["\u00e9"], "r": 2.25})]),
        {"role": "tool", "content": "a\nb", "tool_call_id": "call00001"}, user("/ now what"),
        assistant("done", reasoning_content="s" * 70)],
    "wrong order": [assistant("first"), user("second")],
    "unknown role": [{"role": "robot", "content": "?"}],
    "parts": [user([{"type": "text", "text": "What"}, {"type": "image"}, {"type": "text", "text": " now?"}])],
}

VARIABLES = {
    "s": "  Hello, World  ", "t": "a,b,,c", "u": "naïve 😀 ß", "n": 7, "m": -3, "f": 2.5, "g": 1e20, "z": 0.1,
    "yes": True, "no": False, "nothing": None, "l": [3, 1, 2], "w": ["b", "A", "c", "a"], "e": [], "d": {"b": 1, "a": "x"},
    "nest": {"p": {"q": [{"r": 5}, {"r": 6}]}}, "rows": [
        {"role": "user", "n": 1}, {"role": "assistant", "n": 2}, {"role": "user", "n": 3, "x": None}],
    "quotes": ["it's", 'say "x"', "both ' and \"", "tab\tnl\n", "\x07é\u200b\u2028"], "big": 123456789012345678901234567890,
    "items_key": {"items": 1, "keys": 2, "get": 3}, "mixed": [1, "a", None, True, 2.0, [1], {"k": "v"}],
}

EXPRESSIONS = (HERE / "expressions.txt").read_text(encoding="utf-8")


def rendered(template, variables):
    try:
        return chat_templates._cached_compile_jinja_template(template).render(**variables)
    except Exception:
        return None


def main():
    settings = [
        {"tools": tools, "documents": DOCUMENTS if prompt else None, "add_generation_prompt": prompt,
         "bos_token": "<s>", "eos_token": "</s>", "enable_thinking": prompt}
        for tools in (None, TOOLS) for prompt in (False, True)]
    cases = []
    for path in sorted((HERE / "templates").glob("*.jinja")):
        source = path.read_bytes().decode("utf-8")
        for name, messages in CONVERSATIONS.items():
            for i, setting in enumerate(settings):
                cases.append({
                    "template": path.name, "conversation": name, "setting": i,
                    "expected": rendered(source, {"messages": messages, **setting})})
    write("templates.json", {"conversations": CONVERSATIONS, "settings": settings, "cases": cases})
    # The first block of the file is one expression a line, each further block a template.
    lines, *blocks = EXPRESSIONS.strip("\n").split("\n---\n")
    expanded = ["{{ " + line + " }}" for line in lines.split("\n")] + blocks
    write("expressions.json", {
        "variables": VARIABLES,
        "cases": [{"source": source, "expected": rendered(source, VARIABLES)} for source in expanded]})


def write(name, value):
    (HERE / name).write_text(json.dumps(value, ensure_ascii=True, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
