"""Definitions of a generated policy, and the requirements that they and measures are made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from interpreter.language.magnitude import taken
from interpreter.language.scope import DefinitionName
from interpreter.language.types import BOOLEAN, DATE, MONTH, List, Number, RecordType, Type
from interpreter.language.units import ONE, Unit
from interpreter.rulebook.model import Rulebook
from tests.batch.generated.growing import Growing
from tests.batch.generated.grown import Grown

SCHEMES = ("other",)


@dataclass(slots=True)
class Writer:
    """What the parts of one policy are written with: the names so far, and what is known of the skeleton."""

    growing: Growing
    book: Rulebook
    without: frozenset[str]

    def declare(self, meaning: DefinitionName) -> None:
        """Makes a definition known to everything written after it."""
        names = dict(self.growing.scope.names) | {meaning.name: meaning}
        self.growing.scope = replace(self.growing.scope, names=names)


def definitions(writer: Writer) -> dict[str, Any]:
    """definitions.yaml: figures and conditions, of a case or of what they take."""
    chance = writer.growing.chance
    found: dict[str, Any] = {}
    for number in range(0 if "definitions" in writer.without else chance.randint(1, 4)):
        name = f"d{number}"
        takes = _takes(writer)
        inside = writer.growing
        for variable, (_, of) in takes.items():
            inside = inside.within(variable, taken(of))
        inside.grow(chance.randint(3, 8))
        body, type = _body(inside, writer)
        if body is None:
            continue
        provided = (
            len(takes) == 1 and _may_be_provided(next(iter(takes.values()))[1], type) and chance.maybe(0.6)
            and "provided" not in writer.without
        )
        found[name] = (
            {"label": f"定义{number}", "clause": "一"}
            | ({"takes": {variable: written for variable, (written, _) in takes.items()}} if takes else {})
            | ({"may_be_provided": "true"} if provided else {}) | body
        )
        writer.declare(DefinitionName(name, tuple(of for _, of in takes.values()), type))
        if not takes:
            writer.growing.pool.append(Grown(name, type, False))
    return found


def _takes(writer: Writer) -> dict[str, tuple[str, Type]]:
    """What a definition takes: names, with their types as written and as the language has them."""
    chance, types = writer.growing.chance, writer.book.types
    records = [name for name, of in types.items() if isinstance(of, RecordType) and of.table is None
               and name in ("line", "sub", "person", "firm")]
    options: dict[str, Type] = {name: types[name] for name in records}
    options |= {f"list of {name}": List(types[name]) for name in records if name in ("line", "sub")}
    options |= {"date": DATE, "boolean": BOOLEAN, "integer": Number(0, ONE), "month": MONTH, "level": types["level"],
                "money": writer.book.money_type, "district": types["district"]}
    if "lists" in writer.without:
        options = {name: of for name, of in options.items() if not name.startswith("list")}
    weights = {name: 4.0 if name in records else 1.0 for name in options}
    count = chance.choice((0, 0, 1, 1, 1, 2))
    return {f"v{writer.growing.fresh()}": (word, options[word])
            for word in (chance.weighted(weights) for _ in range(count))}


def _body(inside: Growing, writer: Writer) -> tuple[dict[str, Any] | None, Type]:
    chance = inside.chance
    if chance.maybe(0.35):
        mode = chance.choice(("all", "all", "any"))
        return {mode: requirements(inside, chance.randint(1, 3), mode == "any", depth=1, knowing=False)}, BOOLEAN
    grown = inside.wanted(chance.choice(("any", "any", "number", "boolean", "list of any", "date", "ordered")))
    if grown is None or grown.bare:
        return None, BOOLEAN
    found = inside.read(grown.text)
    if found is None:
        return None, BOOLEAN
    unit: dict[str, str] = {}
    type = found.type
    if isinstance(type, Number) and type.places == 0 and type.unit in (None, ONE) and chance.maybe(0.25):
        unit = {"unit": "month"}
        type = replace(type, unit=Unit.named("month"))
    return unit | {"is": grown.text}, type


def _may_be_provided(takes: Type, gives: Type) -> bool:
    simple = not isinstance(gives, List) and type(gives).__name__ in (
        "Boolean", "Choice", "DateType", "MonthType", "Number", "TextType"
    )
    return isinstance(takes, RecordType) and takes.table is None and simple


def requirements(
    inside: Growing, count: int, plain: bool, depth: int, *, prefix: str = "r", knowing: bool = True
) -> dict[str, Any]:
    """Named requirements; under `any`, where `plain`, none has a meaning of its own. `knowing`: they may ask whether
    something is known, those of definitions may not."""
    found: dict[str, Any] = {}
    for number in range(count):
        found[f"{prefix}{number}"] = _requirement(inside, plain, depth, f"{prefix}{number}", knowing=knowing)
    return found


def _requirement(inside: Growing, plain: bool, depth: int, name: str, *, knowing: bool) -> dict[str, Any]:
    chance = inside.chance
    meaning = None if plain else chance.weighted({"": 6.0, "refuse": 1.0, "review": 2.5, "refer": 2.0})
    otherwise: dict[str, Any] = {}
    if meaning == "refer":
        otherwise = {"otherwise": {"refer": "other"}}
    elif meaning:
        otherwise = {"otherwise": meaning}
    if depth and chance.maybe(0.2):
        mode = chance.choice(("all", "any"))
        under = plain or mode == "any"
        parts = requirements(inside, chance.randint(2, 3), under, depth - 1, prefix=f"{name}_", knowing=knowing)
        return {mode: parts} | otherwise
    when = inside.condition()
    if plain:
        when = f"not(not({when}))" if when.partition("(")[0] in inside.scope.names else when
    if meaning == "review" and knowing and chance.maybe(0.3) and "is known" not in inside.without:
        known = inside.of(chance.choice(("comparable", "list of any")))
        if known is not None and not known.bare:
            when = f"is known({known.text}) and ({when})"
    return {"when": when} | _say(inside, name) | otherwise


def _say(inside: Growing, name: str) -> dict[str, str]:
    """What people read of a requirement, with a hole now and then."""
    if inside.chance.maybe(0.5):
        return {}
    holes = [g.text for g in inside.pool if not g.bare and len(g.text) < 40 and not set("{}") & set(g.text)]
    hole = f"，{{{{ {inside.chance.choice(holes)} }}}}" if holes and inside.chance.maybe(0.3) else ""
    return {"say": f"条件{name}{hole}"}
