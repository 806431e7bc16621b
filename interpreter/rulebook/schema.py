"""The form of each kind of file: JSON Schemas, and what to tell officers where a file does not follow its own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from interpreter.problems import Problem, Span, Text
from interpreter.problems.suggest import closest
from interpreter.rulebook import nodes
from interpreter.rulebook.form import Check, check_of
from interpreter.rulebook.reading import Mapping, Node, find, to_plain

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError
    from jsonschema.protocols import Validator

FOLDER = Path(__file__).with_name("schemas")

_KINDS = {
    "object": Text("若干“名称: 内容”", "keys with values"),
    "array": Text("一个列表", "a list"),
    "string": Text("文字", "text"),
    "number": Text("数", "a number"),
    "integer": Text("整数", "a whole number"),
    "boolean": Text("true 或 false", "true or false"),
}


@cache
def _validator(kind: str) -> Validator:
    # imported here: nobody needs it for files that are right
    from jsonschema import Draft202012Validator

    return Draft202012Validator(_schema(kind))


@cache
def _schema(kind: str) -> Any:
    contents = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))}
    return _whole(f"{kind}.json", contents)


@cache
def _quick(kind: str) -> Check:
    return check_of(_schema(kind))


def _whole(name: str, contents: dict[str, Any]) -> Any:
    """A schema with what its references name in their place, looked up once and not for each value that is checked.
    One that names what it stands in contains itself. Beside a reference stand only words for people."""
    done: dict[int, Any] = {}

    def inside(node: Any, file: str) -> Any:
        if isinstance(node, list):
            return [inside(item, file) for item in node]
        if not isinstance(node, dict):
            return node
        if "$ref" in node:
            named, _, path = node["$ref"].partition("#")
            target = contents[named or file]
            for step in path.split("/")[1:]:
                target = target[step]
            return inside(target, named or file)
        if id(node) not in done:
            whole = done[id(node)] = {}
            whole |= {key: inside(value, file) for key, value in node.items() if key not in ("$id", "$defs")}
        return done[id(node)]

    return inside(contents[name], name)


def check_form(kind: str, root: Mapping, problems: list[Problem]) -> None:
    """Checks a file against the schema of its kind; every place that does not follow it is a problem."""
    plain: Any = to_plain(root)
    if _quick(kind)(plain):
        return
    found = [problem for error in _validator(kind).iter_errors(plain) for problem in _explain(error, root)]
    # the validator says of each missing key that some are missing
    told = {(problem.code, problem.where, str(problem.fields)): problem for problem in found}
    problems.extend(told.values())


def _explain(error: ValidationError, root: Mapping) -> Iterator[Problem]:
    path = list(error.absolute_path)
    node = find(root, path)
    where = _place(root, path, node)
    schema: dict[str, Any] = error.schema if isinstance(error.schema, dict) else {}
    asked: Any = error.validator_value
    match error.validator:
        case "additionalProperties":
            known = list(schema.get("properties", {}))
            for name, entry in nodes.entries(node):
                if name not in known:
                    yield _problem("schema.unknown-key", entry.key.span, found=name, guess=closest(name, known),
                                   known=_listed(known))
        case "required":
            # a key that is only misspelt is told once, where it stands
            known = schema.get("properties", {})
            misspelt = {closest(name, known) for name, _ in nodes.entries(node) if name not in known}
            for name in asked:
                if nodes.entry(node, name) is None and name not in misspelt:
                    yield _problem("schema.missing-key", where, name=name)
        case "type":
            yield _problem("schema.kind", node.span, want=_kinds([asked] if isinstance(asked, str) else asked))
        case "enum":
            found = str(error.instance)
            yield _problem("schema.choice", node.span, found=found, choices=_listed(asked),
                           guess=closest(found, [str(choice) for choice in asked]))
        case "pattern":
            name = str(error.instance)
            key = nodes.entry(node, name)
            yield _problem("schema.name", node.span if key is None else key.key.span, found=name)
        case "minProperties" | "minItems" | "minLength":
            yield _problem("schema.empty", where)
        case _:
            yield _problem(str(schema.get("x-problem", "schema.form")), where)


def _place(root: Mapping, path: list[str | int], node: Node) -> Span:
    """The key under which a node stands; the first key of the file for the whole of it."""
    for length in range(len(path), 0, -1):
        step = path[length - 1]
        if isinstance(step, str):
            return nodes.place(find(root, path[: length - 1]), step)
    return root.entries[0].key.span if root.entries else node.span


def _problem(code: str, where: Span, **fields: object) -> Problem:
    return Problem(code, where, {key: value for key, value in fields.items() if value is not None})


def _listed(words: Iterable[object]) -> str:
    return ", ".join(dict.fromkeys(str(word).lower() if isinstance(word, bool) else str(word) for word in words))


def _kinds(wanted: list[str]) -> Text:
    plain = [kind for kind in wanted if not (kind in ("number", "integer", "boolean") and "string" in wanted)]
    return Text("或".join(_KINDS[kind].zh for kind in plain), " or ".join(_KINDS[kind].en for kind in plain))
