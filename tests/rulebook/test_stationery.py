"""What policies lay down for papers: read, typed, dated, and an authority's own laid over it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from interpreter.problems import Problem
from interpreter.rulebook.load import load
from tests.rulebook.policies import codes, copied, loaded

PAPER = '''paper:
  form: letter
  letterhead: Office of {{ year }}
  number: "{{ year }}/{{ n }}"
  contact:
    2024-01-01: at the desk
    2021-01-01: by telephone
  says: {granted: "At most {{ adult_age }} of them."}
'''


def with_paper(to: Path, paper: str) -> Path:
    return copied(to, ("policy.yaml", "clauses:", f"{paper}clauses:"))


def test_texts_are_read_with_their_days_in_order(tmp_path: Path) -> None:
    paper = loaded(with_paper(tmp_path, PAPER.replace("adult_age", "max_heads"))).paper
    assert paper is not None
    assert (paper.form, paper.head) == ("letter", None)
    assert [passage.since for passage in paper.texts["contact"]] == [date(2021, 1, 1), date(2024, 1, 1)]
    assert [passage.since for passage in paper.says["granted"]] == [None]


@pytest.mark.parametrize(("paper", "code"), [
    ("paper: {number: '{{ year }}'}\n", "number.fixed"),
    ("paper: {letterhead: '{{ yeer }}'}\n", "name.unknown"),
    ("paper: {letterhead: '{{ n }}'}\n", "name.unknown"),
    ("paper: {letterhead: '{{ year'}\n", "syntax.hole"),
    ("paper: {contact: {2021-13-01: x}}\n", "value.day"),
    ("paper: {form: round}\n", "schema.choice"),
    ("paper: {says: {greeting: x}}\n", "schema.unknown-key"),
    ("paper: {signer: [x]}\n", "schema.kind"),
])
def test_what_is_wrong_is_said(paper: str, code: str, tmp_path: Path) -> None:
    assert code in codes(with_paper(tmp_path, paper))


def test_problems_point_into_the_text(tmp_path: Path) -> None:
    problems: list[Problem] = []
    load(with_paper(tmp_path, "paper:\n  letterhead: Office of {{ yeer }}\n"), problems)
    [problem] = [one for one in problems if one.code == "name.unknown"]
    assert problem.where is not None
    assert problem.where.source.text[problem.where.start : problem.where.end] == "yeer"


def test_an_authority_lays_its_own_over_the_policys(tmp_path: Path) -> None:
    folder = with_paper(tmp_path, PAPER.replace("adult_age", "max_heads"))
    path = folder / "authorities" / "east.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "paper: {form: full, head: blank, contact: ring}\n", "utf-8")
    book = loaded(folder)
    [(_, own)] = book.papers
    assert (own.form, own.head) == ("full", "blank")
    assert len(own.texts["contact"]) == 1
    assert book.paper is not None
    assert own.texts["number"] == book.paper.texts["number"]
    assert own.says == book.paper.says
