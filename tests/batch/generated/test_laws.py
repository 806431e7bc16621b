"""The laws on generated policies and cases, with the interpreter alone."""

from __future__ import annotations

from collections import Counter

import pytest

from interpreter.decision.verdict import verdict_batch
from interpreter.language import core as c
from interpreter.language.functions import ROWS
from tests.batch.generated import folder
from tests.batch.generated.cases import cases, read
from tests.batch.generated.laws import LAWS, SEEN, told
from tests.batch.generated.policies import Made, RefusedError, policy
from tests.batch.generated.reached import reached
from tests.batch.generated.smaller import kept, smaller
from tests.conftest import FULL

SEEDS = range(1_000, 1_400) if FULL else range(1_000, 1_008)
CASES = 12


def accepted(seed: int) -> Made | None:
    """The policy of a seed; None for the few that the checker does not take, which are counted elsewhere."""
    try:
        return policy(seed)
    except RefusedError:
        return None


@pytest.mark.parametrize("seed", SEEDS)
def test_laws(seed: int) -> None:
    made = accepted(seed)
    if made is None:
        return
    data = cases(made.book, seed, CASES)
    for name, law in LAWS.items():
        complaint = told(law, made.book, data)
        if complaint is not None:
            files, fewer, short = smaller(made.files, data, lambda book, found, law=law: told(law, book, found), 60)
            place = kept(files, fewer, short)
            pytest.fail(f"seed {seed}, {name}: {complaint}\nmade smaller in {place}: {short}")


def test_the_law_of_knowledge_looks_at_enough() -> None:
    before = Counter(SEEN)
    for seed in range(40, 44):
        made = policy(seed)
        assert told(LAWS["more_knowledge_keeps_answers"], made.book, cases(made.book, seed, CASES)) is None
    seen = SEEN - before
    assert all(seen[outcome] >= 3 for outcome in ("granted", "refused")), seen
    assert seen["asked"] >= 40, seen
    assert seen["given"] >= 10, seen


def test_a_seed_makes_one_policy() -> None:
    one, other = policy(7), policy(7)
    assert one.files == other.files
    assert cases(one.book, 7, 5) == cases(other.book, 7, 5)


def test_what_is_switched_off_is_not_there() -> None:
    off = frozenset({
        "lists", "lines", "limits", "definitions", "overlays", "history", "Fold", "Filter", "Map", "divide",
    })
    for seed in range(3):
        found = reached(policy(seed, off).book)
        assert not off & set(found), found
        assert "loops 1" not in found


@pytest.mark.full
def test_everything_in_batches_is_reached() -> None:
    """No function that batches have is left out, no kind of core node, no hit policy, no part of a policy, and every
    outcome comes in numbers."""
    found: Counter[str] = Counter()
    outcomes: Counter[str] = Counter()
    refused = 0
    for seed in range(900):
        made = accepted(seed)
        refused += made is None
        if made is not None:
            found += reached(made.book)
            if seed < 100:
                outcomes.update(_outcomes(made, seed))
    assert refused <= 18, refused
    functions = {row.key for row in ROWS if row.batch and not row.feel}
    nodes = {node.__name__ for node in c.CORE_NODES}
    hits = {f"table {hit}" for hit in (
        "unique", "any", "first", "priority", "collect sum", "collect min", "collect max", "collect count",
        "collect list", "rule order", "output order", "scale marginal", "scale whole", "scale by switch", "listed",
    )}
    parts = {
        "loops 0", "loops 1", "loops 2", "measure benefit", "measure entitlement", "measure once_per", "measure as_of",
        "measure during", "limit grants", "limit amount refuse", "limit amount cut", "limit amount wait", "limit when",
        "limit orders", "limit of several", "keep highest", "keep first", "provided", "takes 0", "takes 1", "takes 2",
        "values 0", "values 1", "values 2", "delegated value", "delegated review", "table delegated", "overlay",
        "head when", "head all", "head any", "head call", "head refuse", "head review", "head refer", "line when",
        "line all", "line any", "line refuse", "line review", "line refer", "defined all", "defined any",
    }
    assert not (functions | nodes | hits | parts) - set(found)
    assert all(outcomes[outcome] > 200 for outcome in ("granted", "refused", "referred", "review", "incomplete"))


def _outcomes(made: Made, seed: int) -> Counter[str]:
    found = verdict_batch(made.book, [read(made.book, data) for data in cases(made.book, seed, CASES)])
    return Counter(line.outcome for lines in found for line in lines)


def test_what_goes_wrong_is_made_small() -> None:
    """Of a policy and its cases only what a complaint hangs on is left."""
    made = policy(3)
    data = cases(made.book, 3, CASES)

    def wrong(book: object, found: object) -> str | None:
        text = folder.text_of(book.measures and {"m": sorted(book.measures)})  # type: ignore[attr-defined]
        return "granted: some" if "m0" in text and any(one.get("person") for one in found) else None  # type: ignore[attr-defined]

    files, fewer, _ = smaller(made.files, data, wrong, 10)
    assert len(fewer) == 1
    assert [name for name in files if name.startswith("measures/")] == ["measures/m0.yaml"]
    assert len(files) <= len(made.files)
