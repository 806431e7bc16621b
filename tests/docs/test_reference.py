"""The pages under docs/ are those the program writes, and everything they show is so."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from interpreter.assurance.reference import DOCS, pages
from interpreter.assurance.reference.language import answer
from interpreter.language.functions import CALLABLE, ROWS
from interpreter.rulebook.schema import FOLDER

SCHEMAS: dict[str, Any] = {path.name: json.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.json"))}
REGISTRY: Registry[Any] = Registry().with_resources(
    (schema["$id"], Resource.from_contents(schema)) for schema in SCHEMAS.values()
)
WRITTEN_BY_HAND = {"office-files.md", "letter.png"}
REFUSED = ['"3" = 3', "1 and true", '@"2021-02-30"', '@"P1M" < @"P31D"']


def test_the_pages_are_up_to_date() -> None:
    """If not: python -m interpreter.assurance.reference"""
    for path, text in pages():
        assert path.read_text("utf-8") == text
    assert {path.name for path in DOCS.iterdir()} == {path.name for path, _ in pages()} | WRITTEN_BY_HAND


def test_only_what_is_to_be_refused_is() -> None:
    text = (DOCS / "language.md").read_text("utf-8")
    assert re.findall(r"^(.*?) +refused: ", text, re.MULTILINE) == REFUSED
    assert "it has no value" not in text


@pytest.mark.parametrize("row", [row for row in ROWS if not row.feel], ids=lambda row: row.key)
def test_the_example_of_a_function_gives_something(row: Any) -> None:
    assert not answer(row.example).startswith(("refused", "unknown"))


def test_every_function_is_there() -> None:
    text = (DOCS / "language.md").read_text("utf-8")
    assert [name for name in CALLABLE if f"| `{name}(" not in text and f" {name} " not in text] == []


def keys(schema: dict[str, Any], path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for key, of in schema.get("properties", {}).items():
        yield f"{path}.{key}", of
        yield from keys(of, f"{path}.{key}")
        yield from keys(of.get("items", {}), f"{path}.{key}[]")
    if isinstance(schema.get("additionalProperties"), dict):
        yield from keys(schema["additionalProperties"], f"{path}.NAME")


KEYS = [
    (path, name, of) for name, schema in SCHEMAS.items()
    for start in (schema, *schema.get("$defs", {}).values()) for path, of in keys(start, name)
]


@pytest.mark.parametrize(("path", "file", "schema"), KEYS, ids=[path for path, _, _ in KEYS])
def test_a_key_says_what_it_is_and_its_example_is_one(path: str, file: str, schema: dict[str, Any]) -> None:
    english, chinese = schema["description"].split(" / ", 1)
    assert english.isascii()
    assert re.search("[一-鿿]", chinese) or "from" in chinese
    (example,) = schema["examples"]
    # references to parts of the same file stay good
    whole = {"$id": "https://policy.invalid/schemas/one.json", "$defs": SCHEMAS[file].get("$defs", {}), **schema}
    validator = Draft202012Validator(whole, registry=REGISTRY)
    assert [error.message for error in validator.iter_errors(example)] == []
