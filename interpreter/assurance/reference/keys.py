"""The page on the files of a policy: every key of every kind of file, from the schemas that the check goes by."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from interpreter.rulebook.schema import FOLDER

_KINDS = ("policy", "facts", "parameters", "definitions", "table", "measure", "duty", "authority", "tests")
_SHARED = ("requirement", "otherwise", "delegated", "dated", "field", "column", "paper", "passage")


def keys_of_files() -> str:
    """A table for each kind of file, then one for each form that several of them share."""
    schemas = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in FOLDER.glob("*.json")}
    lines: list[str] = []
    for kind in _KINDS:
        lines += [f"## {schemas[kind]['title']}", "", *_table(schemas[kind])]
        for name, schema in schemas[kind].get("$defs", {}).items():
            lines += [f"### {kind}: {name}", "", *_table(schema)]
    lines += ["## What the files share", ""]
    for name in _SHARED:
        schema = schemas["common"]["$defs"][name]
        lines += [f"### {name}", "", *([schema["description"], ""] if "description" in schema else []), *_table(schema)]
    return "\n".join(lines).rstrip("\n") + "\n"


def _table(schema: dict[str, Any]) -> list[str]:
    rows = [f"| `{path}`{mark} | {said} | {example} |" for path, mark, said, example in _keys(schema, "")]
    return ["| key | | example |", "| --- | --- | --- |", *rows, ""] if rows else []


def _keys(schema: dict[str, Any], above: str) -> Iterator[tuple[str, str, str, str]]:
    """Every key below a schema by its path, whether it must be there, what it means, and an example."""
    for key, of in schema.get("properties", {}).items():
        examples = of.get("examples", ())
        shown = f"`{_written(examples[0])}`" if examples else ""
        mark = " *" if key in schema.get("required", ()) else ""
        yield above + key, mark, of.get("description", "").replace("|", "\\|"), shown.replace("|", "\\|")
        yield from _keys(of, f"{above}{key}.")
        if isinstance(of.get("items"), dict):
            yield from _keys(of["items"], f"{above}{key}[].")
    if isinstance(schema.get("additionalProperties"), dict):
        yield from _keys(schema["additionalProperties"], f"{above}NAME.")


def _written(value: object) -> str:
    """An example as it is written in one line of YAML."""
    match value:
        case dict():
            return "{" + ", ".join(f"{key}: {_written(of)}" for key, of in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(_written, value)) + "]"
        case _:
            text = str(value)
            return f'"{text}"' if set(text) & set("{}[],#:@") and not text.startswith("[") else text
