"""Whether a value surely follows a JSON Schema: a quick look, since nearly every file does.

It knows the keywords that the schemas of this folder use. What it is not sure of, jsonschema judges and explains.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

Check = Callable[[Any], bool]

WORDS = frozenset({"title", "description", "examples", "x-problem", "$schema", "$comment"})
"""Keywords that say nothing of what follows the schema."""

KINDS: dict[str, tuple[type, ...]] = {
    "object": (dict,), "array": (list,), "string": (str,), "boolean": (bool,), "integer": (int,), "number": (int,),
}
"""The classes of values of each type, as files have them: no fractions."""


def check_of(schema: Any) -> Check:
    """Says of a value whether it surely follows a schema, references put in their place (it may contain itself)."""
    made: dict[int, list[Check]] = {}

    def inside(part: Any) -> Check:
        if not isinstance(part, dict):
            return (lambda value: True) if part is True else (lambda value: False)
        found = made.get(id(part))
        if found is not None:
            return lambda value: all(check(value) for check in found)
        checks = made[id(part)] = []
        for keyword, asked in part.items():
            if keyword not in WORDS:
                checks += _keyword(keyword, asked, part, inside)
        return checks[0] if len(checks) == 1 else lambda value: all(check(value) for check in checks)

    return inside(schema)


def _keyword(keyword: str, asked: Any, schema: dict[str, Any], inside: Callable[[Any], Check]) -> list[Check]:
    match keyword:
        case "type":
            kinds = frozenset(kind for name in ([asked] if isinstance(asked, str) else asked) for kind in KINDS[name])
            return [lambda value: value.__class__ in kinds]
        case "properties":
            return [_properties({name: inside(part) for name, part in asked.items()},
                                inside(schema.get("additionalProperties", True)))]
        case "additionalProperties":
            return [] if "properties" in schema else [_properties({}, inside(asked))]
        case "propertyNames":
            name_check = inside(asked)
            return [lambda value: value.__class__ is not dict or all(map(name_check, value))]
        case "items":
            item_check = inside(asked)
            return [lambda value: value.__class__ is not list or all(map(item_check, value))]
        case "required":
            wanted = frozenset(asked)
            return [lambda value: value.__class__ is not dict or wanted <= value.keys()]
        case "minProperties":
            return [lambda value: value.__class__ is not dict or len(value) >= asked]
        case "minItems":
            return [lambda value: value.__class__ is not list or len(value) >= asked]
        case "maxItems":
            return [lambda value: value.__class__ is not list or len(value) <= asked]
        case "minLength":
            return [lambda value: value.__class__ is not str or len(value) >= asked]
        case "pattern":
            search = re.compile(asked).search
            return [lambda value: value.__class__ is not str or search(value) is not None]
        case "enum":
            members = frozenset((one.__class__, one) for one in asked)
            return [lambda value: value.__class__ not in (dict, list) and (value.__class__, value) in members]
        case "anyOf":
            several = [inside(part) for part in asked]
            return [lambda value: any(check(value) for check in several)]
        case "oneOf":
            options = [inside(part) for part in asked]
            return [lambda value: sum(check(value) for check in options) == 1]
        case _:
            return [lambda value: False]


def _properties(checks: dict[str, Check], other: Check) -> Check:
    def follow(value: Any) -> bool:
        if value.__class__ is not dict:
            return True
        return all(checks.get(name, other)(part) for name, part in value.items())

    return follow
