"""What would change a refusal is said only where it is known to."""

from __future__ import annotations

from dataclasses import replace

from interpreter.letters.nearest import Change, nearest
from interpreter.letters.wording import Wording
from tests.letters.building import REFUSED, ROSTER, decision, insured, line, measure, poor, rulebook

WORDING = Wording.of(rulebook(), "zh")


def of(made):
    about = made.measures[0]
    common = about.lines[0].findings if not about.lines[0].key else ()
    return nearest(about.lines, common, about, WORDING)


def test_a_missed_threshold_says_how_much_is_lacking() -> None:
    made = decision(measure("steady", "refused", (line("refused", (poor(), insured(2))),)))
    assert of(made) == ([Change("", "参保月数", "1 个月", "3 个月")], False)


def test_what_else_is_not_met_is_known_to_be_there() -> None:
    assert of(REFUSED) == ([Change("", "参保月数", "1 个月", "3 个月")], True)
    unsure = replace(poor("unknown"), decided=False)
    made = decision(measure("steady", "refused", (line("refused", (unsure, insured(2))),)))
    assert of(made)[1]


def test_each_line_lacks_its_own() -> None:
    [change], others = of(ROSTER)
    assert change.line.startswith("示例戊")
    assert (change.short, others) == ("2 个月", False)


def test_a_granted_line_lacks_nothing() -> None:
    assert of(decision(measure("steady", "granted", (line("granted", (poor(), insured(3))),)))) == ([], False)
