"""Generated policies on the interpreter and in DuckDB: how many pairs agree, and what is said of those that do not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from interpreter.batch.sql.batch import compile_batch
from interpreter.rulebook.model import Rulebook
from tests.batch.agreement import disagreements, doubtful
from tests.batch.generated.cases import Data, cases, read
from tests.batch.generated.laws import told
from tests.batch.generated.policies import EVERYTHING, RefusedError, policy
from tests.batch.generated.smaller import kept, smaller

PAIRS = 25
"""Cases of one policy."""

@dataclass
class Count:
    """What was compared. `left` are cases that SQL leaves to the interpreter, `refused` the seeds whose policy
    the checker did not take, `wrong` those that differ."""

    policies: int = 0
    refused: list[int] = field(default_factory=list)
    pairs: int = 0
    left: int = 0
    wrong: dict[int, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return (
            f"{self.policies} policies, {self.pairs} pairs, {self.left} left to the interpreter, "
            f"refused: {self.refused}, {len(self.wrong)} policies differ: {sorted(self.wrong)}"
        )


def differences(book: Rulebook, data: Sequence[Data]) -> str | None:
    """What the two say differently of some cases; None where they agree."""
    found = disagreements(book, [read(book, one) for one in data])
    return f"differs: {found[0]}" if found else None


def compare(
    seeds: Iterable[int], without: frozenset[str] = EVERYTHING, *, many: int | None = None, count_left: bool = False
) -> Count:
    """Holds both against each other on the policies of some seeds; stops after so `many`, or ten that differ."""
    count = Count()
    for seed in seeds:
        if count.policies == many:
            break
        try:
            made = policy(seed, without)
        except RefusedError:
            count.refused.append(seed)
            continue
        data = cases(made.book, seed, PAIRS, without)
        complaint = told(differences, made.book, data)
        count.policies += 1
        count.pairs += len(data)
        if complaint is not None:
            files, fewer, short = smaller(made.files, data, lambda book, some: told(differences, book, some), 45)
            place = kept(files, fewer, short)
            count.wrong[seed] = f"seed {seed}: {complaint}\nmade smaller in {place}: {short}"
        elif count_left:
            count.left += doubtful(made.book, [read(made.book, one) for one in data], compile_batch(made.book))
        if len(count.wrong) >= 10:
            break
    return count
