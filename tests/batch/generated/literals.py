"""Literals of a type, near the values that cases have, and the paths that lead from a name to what it holds."""

from __future__ import annotations

from collections.abc import Iterator

from interpreter.language.magnitude import bounds_of
from interpreter.language.types import (
    Boolean,
    Choice,
    DateType,
    DaysTime,
    List,
    MonthType,
    Number,
    RecordType,
    TextType,
    Type,
    YearsMonths,
)
from tests.batch.generated.chance import Chance

DAYS = (
    "2020-02-29", "2020-12-31", "2021-01-01", "2021-01-31", "2021-02-28", "2021-03-01", "2021-06-30", "2021-12-31",
    "2022-01-01", "2023-02-28", "2024-01-31", "2024-02-29", "2024-03-31", "2025-02-28",
)
MONTHS = ("2020-12", "2021-01", "2021-02", "2021-03", "2021-05", "2021-06", "2022-01", "2024-02")
WORDS = ("a", "b", "abca", "甲乙", "2", "2.50", "Aa b")
CODES = ("E", "W", "S")
IDENTITY = "511133200002299991"
"""A text that a birth date can be read from."""


def literal(of: Type, chance: Chance) -> str | None:
    """A literal of a type; None for types that have none."""
    match of:
        case Boolean():
            return chance.choice(("true", "false"))
        case TextType():
            return f'"{chance.choice((*WORDS, IDENTITY) if chance.maybe(0.1) else WORDS)}"'
        case Choice(members=members):
            return f'"{chance.choice(members)[0]}"'
        case Number():
            return _number(of, chance)
        case DateType():
            return f'@"{chance.choice(DAYS)}"'
        case MonthType():
            return f'@"{chance.choice(MONTHS)}"'
        case YearsMonths():
            return f'@"{chance.choice(("P1M", "P3M", "P1Y2M", "P0M", "P13M"))}"'
        case DaysTime():
            return f'@"{chance.choice(("P2D", "PT36H", "P30D", "PT90S", "P0D"))}"'
        case List(item=item):
            items = [literal(item, chance) for _ in range(chance.randint(1, 3))]
            return None if None in items else f"[{', '.join(text for text in items if text is not None)}]"
        case _:
            return None


def _number(of: Number, chance: Chance) -> str:
    low, high = bounds_of(of)
    if chance.maybe(0.03):
        return f"{chance.choice((low, high)):f}"
    whole = chance.choice((0, 1, 2, 3, 5, 10, 100, 3000))
    if of.places and chance.maybe(0.5):
        return f"{whole}.{chance.randint(1, 10 ** min(of.places, 2) - 1):0{min(of.places, 2)}}"
    return chance.choice(("10%", "-1", "0.5", "33%")) if chance.maybe(0.1) else str(whole)


def paths(name: str, of: Type, depth: int = 3) -> Iterator[tuple[str, Type]]:
    """A name and everything that its records hold, by dotted path."""
    yield name, of
    if isinstance(of, RecordType) and depth:
        for field in of.fields.values():
            if field.name not in ("from", "to") and not field.provided:
                yield from paths(f"{name}.{field.name}", field.type, depth - 1)
