"""Choices that a generator makes: seeded, weighted, and never out of options."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Chance(Random):
    """A seeded source of choices."""

    def maybe(self, probability: float) -> bool:
        return self.random() < probability

    def some(self, options: Sequence[T], least: int, most: int) -> list[T]:
        """Between so many and so many of the options, in their order; all where there are too few."""
        count = min(len(options), self.randint(least, most))
        chosen = set(self.sample(range(len(options)), count))
        return [option for place, option in enumerate(options) if place in chosen]

    def weighted(self, options: dict[T, float]) -> T:
        return self.choices(list(options), list(options.values()))[0]
