"""The lists of a generated caseload: what letters say in figures and in capitals, what is paid and what was decided
are one sum, to the fen."""

from __future__ import annotations

import json
import re
from collections import Counter
from decimal import Decimal
from itertools import islice

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from cli import main
from examples.generate import caseload
from interpreter.cases.facts import read_plain
from interpreter.decision.decide import decide_batch
from interpreter.letters import text
from interpreter.letters.compose import Composer
from interpreter.letters.plan import letters_for
from tests.conftest import FULL
from tests.decision.test_capitals import read_back
from tests.notice.places import NOTICE, ROOT, rulebook

CASES = 5000 if FULL else 100
SUM = re.compile(r"准予[^，。]*，金额([\d,.]+)元（(人民币[^）]+)）")


@pytest.fixture(scope="module")
def listed(tmp_path_factory):
    """The folder of the lists of a caseload, and its decisions."""
    place = tmp_path_factory.mktemp("lists")
    rules = rulebook(NOTICE)
    data = list(islice(caseload(4), CASES))
    (place / "cases.jsonl").write_text("".join(json.dumps(one) + "\n" for one in data), encoding="utf-8")
    result = CliRunner().invoke(main, [
        "lists", str(place / "cases.jsonl"), "-o", str(place / "out"), "--policy", str(ROOT / "policy"), "--lang", "zh",
    ])
    assert result.exit_code == 0, result.output
    return place / "out", rules, decide_batch(rules, [read_plain(one, rules, []) for one in data])


def letters_say(decisions, rules):
    """What every letter that grants a sum says, in figures and read back from its capitals, by authority and title."""
    composer = Composer(rules, ROOT / "templates")
    for decision in decisions:
        for plan in letters_for(decision, rules, ("granted", "partly_granted")):
            if not plan.measure.amount:
                continue
            paper = composer.paper(decision, plan, [])
            laid = "".join(text.lay_out(paper).split())
            [(figures, words)] = SUM.findall(laid)
            yield paper.letterhead[0], plan.measure.title, Decimal(figures.replace(",", "")), read_back(words)


def test_letters_lists_and_decisions_agree_to_the_fen(listed):
    out, rules, decisions = listed
    said = list(letters_say(decisions, rules))
    assert all(figures == words for _, _, figures, words in said)
    total = sum((figures for *_, figures, _ in said), Decimal(0))
    assert total == sum(decision.total for decision in decisions) > 0
    totals = json.loads((out / "totals.json").read_text(encoding="utf-8"))
    assert (Decimal(totals["amount"]), totals["letters"]) == (total, len(said))
    by = Counter()
    for letterhead, title, figures, _ in said:
        by[letterhead.removesuffix("人力资源和社会保障局"), title] += figures
    paid = Counter()
    for row in totals["by"]:
        paid[row["authority"], row["measure"]] += Decimal(row["amount"])
    assert by == paid


def test_every_workbook_comes_to_the_same_sum(listed):
    out, _, decisions = listed
    total = sum(decision.total for decision in decisions)
    detail = load_workbook(out / "restricted" / "payment.xlsx").worksheets[0]
    rows = list(detail.iter_rows(min_row=2, values_only=True))
    assert sum(Decimal(str(row[-1])) for row in rows[:-1]) == rows[-1][-1] == total
    published = [list(sheet.iter_rows(min_row=2, values_only=True))[-1][-1]
                 for sheet in load_workbook(out / "publicity.xlsx").worksheets]
    assert sum(published) == total
    statistics = list(load_workbook(out / "statistics.xlsx").worksheets[0].iter_rows(values_only=True))[-1]
    assert statistics[-1] == total


def test_nothing_published_has_more_than_the_end_of_a_number(listed):
    out, _, decisions = listed
    numbers = {str(named.value) for decision in decisions for named in decision.who[1:2]}
    private = {number for number in numbers if not number.startswith("9")}
    assert len(private) > CASES // 2
    for path in out.glob("publicity*"):
        if path.suffix == ".html":
            page = path.read_text(encoding="utf-8")
            assert not any(number in page for number in private)
