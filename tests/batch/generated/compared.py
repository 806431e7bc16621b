"""Generated policies on the interpreter and in DuckDB: how many pairs agree, and what is said of those that do not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from interpreter.rulebook.model import Rulebook
from tests.batch.agreement import compared
from tests.batch.generated.cases import Data, cases, read
from tests.batch.generated.laws import told
from tests.batch.generated.policies import EVERYTHING, RefusedError, policy
from tests.batch.generated.reached import reached
from tests.batch.generated.smaller import kept, smaller

PAIRS = 25
"""Cases of one policy."""


@dataclass
class Count:
    """What was compared. `left` are cases whose rules SQL leaves to the interpreter, `refused` the seeds whose policy
    the checker did not take, `wrong` those that differ, `words` what the policies are made of under which SQL decided
    cases itself."""

    policies: int = 0
    refused: list[int] = field(default_factory=list)
    pairs: int = 0
    left: int = 0
    wrong: dict[int, str] = field(default_factory=dict)
    words: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        own, share = self.pairs - self.left, 1 - self.left / max(1, self.pairs)
        return (
            f"{self.policies} policies, {self.pairs} pairs, {own} decided by SQL itself ({share:.0%}), "
            f"refused: {self.refused}, {len(self.wrong)} policies differ: {sorted(self.wrong)}"
        )


def differences(book: Rulebook, data: Sequence[Data]) -> str | None:
    """What the two say differently of some cases; None where they agree."""
    return _said(book, data, Count())


def _said(book: Rulebook, data: Sequence[Data], count: Count) -> str | None:
    found, left = compared(book, [read(book, one) for one in data])
    count.left += left
    if left < len(data):
        count.words += reached(book)
    return f"differs: {found[0]}" if found else None


def compare(seeds: Iterable[int], without: frozenset[str] = EVERYTHING, *, many: int | None = None) -> Count:
    """Holds both against each other on the policies of some seeds; stops after so `many`, or ten that differ."""
    count = Count()
    for seed in seeds:
        if count.policies == many or len(count.wrong) >= 10:
            break
        try:
            made = policy(seed, without)
        except RefusedError:
            count.refused.append(seed)
            continue
        data = cases(made.book, seed, PAIRS, without)
        complaint = told(lambda book, some: _said(book, some, count), made.book, data)
        count.policies += 1
        count.pairs += len(data)
        if complaint is not None:
            files, fewer, short = smaller(made.files, data, lambda book, some: told(differences, book, some), 45)
            place = kept(files, fewer, short)
            count.wrong[seed] = f"seed {seed}: {complaint}\nmade smaller in {place}: {short}"
    return count
