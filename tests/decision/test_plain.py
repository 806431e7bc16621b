"""Plain measures: one function for all of them says what deciding each by itself does, whatever is missing."""

from __future__ import annotations

import shutil
from random import Random

import pytest

from benchmarks.people import people
from interpreter.decision.decide import decide
from interpreter.decision.verdict import verdict, verdicts_of
from interpreter.rulebook.load import load
from tests.conftest import FULL
from tests.decision.test_verdict import SAMPLE, case, decided, rules, told


@pytest.mark.parametrize("seed", range(40 if FULL else 2))
def test_many_people(seed):
    book, random = rules(SAMPLE), Random(seed)
    for number, person in enumerate(people(150, seed)):
        share = random.choice((0, 0.1, 0.5))
        stated = {name: value for name, value in person.items() if value is not None and random.random() >= share}
        application = {"number": str(number)}
        if "filed_on" in stated:
            application["filed_on"] = stated.pop("filed_on")
        data = {"worker": {"id": str(number), **stated}}
        if random.random() < 0.95:
            data["application"] = application
        one = case(book, data)
        want = decided(decide(book, one))
        assert told(verdict(book, one)) == want
        assert told(verdicts_of(book)(one)) == want  # what was kept of the first time


def test_the_values_of_the_day(tmp_path):
    folder = tmp_path / "sample"
    shutil.copytree(SAMPLE, folder)
    file = folder / "parameters.yaml"
    text = file.read_text("utf-8")
    for old, new in (
        ("value: 3}", "values: {2020-01-01: 3, 2023-01-01: 12}}"),
        ("value: 3000 EUR}", "values: {2020-01-01: 3000 EUR, 2022-01-01: 3500 EUR}, ends: 2023-12-31}"),
        ("value: 500 EUR}", "values: {2020-01-01: 500 EUR, 2024-06-01: 400.50 EUR}}"),
    ):
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, "utf-8")
    problems = []
    book = load(folder, problems)
    assert book is not None, problems
    outcomes = set()
    for number, person in enumerate(people(200, 5)):
        stated = {name: value for name, value in person.items() if value is not None}
        application = {"number": str(number), "filed_on": stated.pop("filed_on")}
        one = case(book, {"application": application, "worker": {"id": str(number), **stated}})
        found = told(verdict(book, one))
        assert found == decided(decide(book, one))
        outcomes |= {(line[0], line[1], line[2]) for line in found}
    assert {amount for name, outcome, amount in outcomes if name == "start" and outcome == "granted"} == {3000, 3500}
    assert "review" in {outcome for name, outcome, _ in outcomes if name == "start"}
