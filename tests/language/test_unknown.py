"""More knowledge never changes an answer; what is asked for decides it; bounds hold (SEMANTICS 1 and 2)."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from interpreter.language.unknown import Unknown, Value
from tests.language.generated import FACTS, Leaf, Maker, Vocabulary, leaves, refilled, schema_path, whole
from tests.language.small import Small

VOCABULARY = Vocabulary()
FACT_CAUSES = (1 << 40) - 1
"""Where the bits of facts end and those of faults begin."""


def same(a: Value, b: Value) -> bool:
    return type(a) is type(b) and bool(a == b)


def holds(text: str, small: Small, random: Random, count: Counter[str]) -> None:
    """The laws on one expression, for several cases and several completions of each."""
    core = small.expression(text).core

    def run(data: object, without: frozenset[Leaf]) -> Value:
        return small.run(core, VOCABULARY.case(data, without))

    for _ in range(4):
        data = whole(random)
        full = run(data, frozenset())
        assert not isinstance(full, Unknown) or not full.causes & FACT_CAUSES, (text, data, full)
        share = random.choice((0.1, 0.3, 0.6))
        without = withheld(data, random, share)
        part = run(data, without)
        told = (text, data, sorted(map(str, without)), part)
        if not isinstance(part, Unknown):
            count["decided"] += 1
        for again in range(3):
            one = refilled(data, without, random) if again else data
            answer = run(one, frozenset())
            count["pairs"] += 1
            if not isinstance(part, Unknown):
                assert same(part, answer), (told, one, answer)
                continue
            if isinstance(answer, int):
                count["bounded"] += part.low is not None
                assert part.low is None or part.low <= answer, (told, one, answer)
                assert part.high is None or answer <= part.high, (told, one, answer)
            given = frozenset(leaf for leaf in without if not asked(leaf, part))
            settled = run(one, given)
            count["settled"] += 1
            assert not isinstance(settled, Unknown) or not settled.causes & FACT_CAUSES, (told, one, given, settled)
        if isinstance(part, Unknown):
            others = frozenset(leaf for leaf in without if asked(leaf, part))
            still = run(data, others)
            assert isinstance(still, Unknown), (told, others, still)
            count["closed"] += 1


def withheld(data: object, random: Random, share: float) -> frozenset[Leaf]:
    drawn = {leaf for leaf in leaves(data) if random.random() < share}
    return frozenset(leaf for leaf in drawn if not any(leaf[:n] in drawn for n in range(len(leaf))))


def asked(leaf: Leaf, part: Unknown) -> bool:
    return bool(VOCABULARY.bits[schema_path(leaf)] & part.causes)


def test_enough_sure_members_decide_a_count() -> None:
    """21 sure of 25, at least 20 (SEMANTICS 1.6)."""
    text = "count(lines[item.b]) {}"
    line = {"id": 1, "a": 1, "b": True, "m": 24252, "subs": []}
    data = whole(Random(0)) | {"lines": [line] * 25}
    facts = VOCABULARY.case(data, frozenset(("lines", n, "b") for n in range(21, 25)))
    small = Small(FACTS)
    assert small.value(text.format(">= 20"), facts) is True
    assert small.value(text.format("> 25"), facts) is False
    assert small.value(text.format("between 10 and 30"), facts) is True
    assert small.value(text.format("= 20"), facts) is False
    assert isinstance(small.value(text.format(">= 22"), facts), Unknown)
    assert small.value("count(lines[item.b]) + count(lines[item.b]) >= 42", facts) is True


@pytest.mark.parametrize("seed", range(8))
def test_laws(seed: int) -> None:
    _laws(seed, 100)


@pytest.mark.full
@pytest.mark.parametrize("seed", range(100, 140))
def test_laws_at_length(seed: int) -> None:
    _laws(seed, 800)


def _laws(seed: int, expressions: int) -> None:
    random = Random(seed)
    count: Counter[str] = Counter()
    for _ in range(expressions):
        small = Small(FACTS)
        make = Maker(random)
        text = random.choice((make.bool, make.int))(random.randint(2, 4), {})
        holds(text, small, random, count)
    assert count["pairs"] == 12 * expressions
    assert min(count["decided"], count["settled"], count["closed"]) > expressions // 4, count
