"""Expressions that were grown, how the rows of the function table are written, and what cores are made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from interpreter.language import core as c
from interpreter.language.functions import ROWS, Function
from interpreter.language.read import read_expression
from interpreter.language.scope import Scope, Slots
from interpreter.language.types import List, Number, Ratio, RecordType, Type
from interpreter.problems import Fragment
from tests.batch.generated.chance import Chance

TABLE = [row for row in ROWS if row.batch and not row.feel and not row.key.startswith("is known")]
"""The rows that any place may use, in batches too."""

ALWAYS = ('@"P1M"', '@"P1Y2M"', '@"P2D"', '@"PT36H"', "1", "2", "-1", "0.5", "10%", '"a"')
NUMBERED = {"=": ("=", "=", "!="), "<": ("<", ">"), "<=": ("<=", ">=")}


@dataclass(frozen=True, slots=True)
class Grown:
    """An expression with its type; `bare`: it names the fields of a filter's row, and means nothing elsewhere."""

    text: str
    type: Type
    fixed: bool
    bare: bool = False

    @property
    def inside(self) -> str:
        """As part of another expression."""
        plain = all(part.isidentifier() for part in self.text.split("."))
        return self.text if plain else f"({self.text})"


@cache
def fixed() -> tuple[Grown, ...]:
    """Literals that every scope has."""
    scope = Scope({}, Slots(), lambda name, where: 0)
    found = ((text, read_expression(Fragment.whole("rules.yaml", text), scope, [])) for text in ALWAYS)
    return tuple(Grown(text, read.type, True) for text, read in found if read is not None)


def kin(a: Type, b: Type) -> bool:
    """Whether two types of one class may be held against each other as they are."""
    match a, b:
        case (Number() | Ratio()), (Number() | Ratio()):
            return a.unit == b.unit or a.unit is None or b.unit is None
        case List(), List():
            return type(a.item) is type(b.item) and kin(a.item, b.item)
        case RecordType(), RecordType():
            return a is b
    return a == b


def written(row: Function, args: list[Grown], chance: Chance) -> str | None:
    """The text of a row on its arguments; None for rows that no text names."""
    name = row.name
    match name, args:
        case "[ ]", [listed, place]:
            return f"{listed.inside}[{place.text}]"
        case "[..]", [value, within]:
            return f"{value.inside} in {within.inside}"
        case "( .. )", [low, high]:
            return f"for n in {low.inside}..{high.inside} return n"
        case "( .. )", [within]:
            return f"for n in {within.inside} return n"
        case "negative", [value]:
            return f"-({value.text})"
        case _ if name.startswith("."):
            return f"({args[0].text}){name}"
        case _ if name[0].isalpha():
            return f"{name}({', '.join(arg.text for arg in args)})"
        case _, [left, right]:
            return f"{left.inside} {chance.choice(NUMBERED.get(name, (name,)))} {right.inside}"
    return None


def words_of(core: c.Core) -> Iterator[str]:
    """What a core is made of: the names of its nodes and the keys of its functions and folds."""
    yield type(core).__name__
    match core:
        case c.Apply(function=key) | c.Fold(kind=key):
            yield key
        case c.Choose(hit=hit):
            yield f"hit {hit}"
    for part in c.parts(core):
        yield from words_of(part)
