"""The people that the sample is measured with: made up by integer arithmetic, the same ones on every machine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

PARTNERS = {"ashby": "northport", "birch": "southport", "cole": "eastport", "dell": "westport"}
HOMES = (*PARTNERS, "elm")
LEVELS = ("none", "none", "basic", "middle", "high")
TRADES = ("welder", "electrician", "sewer", "nurse", "carer", "other")
FIRST_DAY = date(2020, 6, 1)

Person = dict[str, bool | int | str | None]
"""The facts of one application by name, days as text; None for what nobody stated (one in 33), which the
day of filing never is."""


def _numbers(seed: int) -> Iterator[int]:
    """Evenly spread whole numbers: a linear congruence modulo 2**64, its upper half."""
    state = seed
    while True:
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        yield state >> 33


def people(count: int, seed: int = 1) -> list[Person]:
    """Some people, always the same for a seed."""
    numbers = _numbers(seed)

    def below(limit: int) -> int:
        return next(numbers) % limit

    found: list[Person] = []
    for _ in range(count):
        home = HOMES[below(5)]
        arrived = FIRST_DAY + timedelta(days=below(2100))
        towns = tuple(PARTNERS.values())
        person: Person = {
            "home": home,
            "town": PARTNERS[home] if home in PARTNERS and below(10) < 8 else towns[below(4)],
            "in_need": below(10) < 8,
            "arrived_on": arrived.isoformat(),
            "filed_on": (arrived + timedelta(days=below(700))).isoformat(),
            "insured_months": below(37),
            "continuous_months": below(30),
            "employed": below(100) < 85,
            "level": LEVELS[below(5)],
            "trade": TRADES[below(6)],
            "rents": below(2) == 1,
            "rent_months": below(37),
            "had_start": below(5) == 0,
            "had_travel": below(10) == 0,
            "had_skills": below(10) == 0,
        }
        found.append({name: None if below(33) == 0 and name != "filed_on" else value for name, value in person.items()})
    return found
