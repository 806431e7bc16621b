"""How letters come to be files."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import pytest

from interpreter.decision.model import Decision, Named, Outcome
from interpreter.language.types import TEXT
from interpreter.letters import environment, html
from interpreter.letters.compose import Composer
from interpreter.letters.escaping import clean
from interpreter.letters.names import file_name
from interpreter.letters.plan import KINDS, LetterKind, letters_for
from interpreter.letters.write import write_letters
from interpreter.problems import Problem
from interpreter.rulebook.model import Rulebook
from tests.letters.building import (
    ALL,
    GRANTED,
    GRANTED_LINE,
    PARTLY,
    REFUSED,
    TEMPLATES,
    decision,
    measure,
    rulebook,
    said,
    since,
)
from tests.letters.hostile import HOSTILE, Hostile
from tests.letters.reading import Page

GOLDEN = Path(__file__).parent / "golden"
REMEDIES = {"2021-01-01": said("如不服本决定，可以依照（示例规定）申请复核。")}


def write(
    made: Decision, folder: Path, book: Rulebook | None = None, templates: Path = TEMPLATES,
    kinds: Collection[LetterKind] | None = None,
) -> list[Path]:
    problems: list[Problem] = []
    files = write_letters(
        made, book or rulebook(remedies=REMEDIES), folder, templates, problems, kinds=kinds,
    )
    assert problems == []
    return files


@pytest.mark.parametrize("name", ALL)
def test_letters_read_as_they_should(name: str, tmp_path: Path) -> None:
    files = write(ALL[name], tmp_path, kinds=KINDS if name in ("review", "roster") else None)
    assert files
    for file in files:
        kept = GOLDEN / f"{name}-{file.name}"
        assert file.read_text(encoding="utf-8") == kept.read_text(encoding="utf-8"), f"see {kept.name}"
        if file.suffix == ".txt":
            file.read_text(encoding="utf-8").encode("gbk")


def test_same_input_same_bytes_and_nothing_left_beside(tmp_path: Path) -> None:
    first, second = write(PARTLY, tmp_path / "a"), write(PARTLY, tmp_path / "b")
    again = write(PARTLY, tmp_path / "a")
    assert first == again
    assert [f.read_bytes() for f in first] == [f.read_bytes() for f in second]
    assert sorted(f.name for f in (tmp_path / "a").iterdir()) == sorted(f.name for f in first)


REFERRED_AT = since("not met")


def hostile(value: str, outcome: Outcome | None = None) -> Decision:
    """A decision with the value wherever somebody outside could have written it; of that outcome alone, where given."""
    named = Named("x", value, value, TEXT)
    lines = tuple(
        replace(
            one, key=(named,), computation=(named,),
            findings=tuple(replace(f, say=value, clause=value, values=(named,)) for f in one.findings),
        )
        for one in PARTLY.measures[0].lines
    )
    if outcome is not None:
        lines = (replace(lines[1], outcome=outcome, findings=(*lines[1].findings, replace(REFERRED_AT, say=value))),)
    return replace(
        PARTLY, case=value, who=(named, named), authority=named, as_of_label=value,
        measures=tuple(
            replace(
                m, lines=lines, outcome=outcome or m.outcome, title=value, clause=value, payer=(named,),
                missing=tuple(replace(fact, label=value, proof=value) for fact in m.missing),
            ) for m in PARTLY.measures
        ),
    )


COMPOSER = Composer(rulebook(remedies=REMEDIES), TEMPLATES)


def pages(made: Decision) -> list[Page]:
    """Every letter of a decision, as a browser sees it."""
    problems: list[Problem] = []
    papers = [COMPOSER.paper(made, plan, problems) for plan in letters_for(made, COMPOSER.rulebook, KINDS)]
    assert problems == []
    return [Page(html.lay_out(paper)) for paper in papers if paper is not None]


@pytest.mark.parametrize("given", HOSTILE, ids=str)
def test_no_value_is_markup_in_any_letter(given: Hostile) -> None:
    value = given.value
    like = "甲" if clean(value) else value and "\x00"
    tried: tuple[Outcome | None, ...] = ("refused",) if given.kind == "long" else (None, "refused", "referred")
    for outcomes in tried:
        made, safe = pages(hostile(value, outcomes)), pages(hostile(like, outcomes))
        assert [page.tags for page in made] == [page.tags for page in safe] != []
        assert any(clean(value) in text for page in made for text in page.texts)


@pytest.mark.parametrize("value", ["../../x", "a/b", "a\\b", "a\x00b", "\u202ex", "示" * 300, "con"])
def test_hostile_case_numbers_name_files(value: str, tmp_path: Path) -> None:
    for file in write(hostile(value), tmp_path, kinds=KINDS):
        assert file.parent == tmp_path
        assert file.name.isprintable()


def test_a_hostile_case_number_is_written_inside(tmp_path: Path) -> None:
    files = write(replace(GRANTED, case="../../x"), tmp_path / "in")
    assert all(file.resolve().parent == tmp_path / "in" for file in files)
    assert [p.name for p in tmp_path.iterdir()] == ["in"]


def test_a_bad_template_keeps_no_other_letter_from_being_written(tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    templates.mkdir()
    (templates / "granted.md").write_text("{{ cas }}", encoding="utf-8")
    (templates / "refused.md").write_text("# {{ case }}", encoding="utf-8")
    problems: list[Problem] = []
    both = decision(GRANTED.measures[0], GRANTED.measures[0], REFUSED.measures[0])
    files = write_letters(both, rulebook(), tmp_path / "out", templates, problems)
    assert [p.code for p in problems] == ["letter.name_unknown"]
    assert [f.name for f in files] == ["2021-0001-steady-refused.txt", "2021-0001-steady-refused.html"]


def test_a_policy_may_name_its_own_template(tmp_path: Path) -> None:
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "yes.md").write_text("# 甲", encoding="utf-8")
    files = write(GRANTED, tmp_path / "out", rulebook(letters={"granted": "yes"}), tmp_path)
    assert files[0].read_text(encoding="utf-8").splitlines()[0].strip() == "甲"


def test_a_folder_that_cannot_be_written_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    problems: list[Problem] = []
    assert write_letters(GRANTED, rulebook(), tmp_path / "file", TEMPLATES, problems) == []
    assert {p.code for p in problems} == {"letter.not_written"}
    assert "示例甲" not in repr([p.fields for p in problems])


def test_a_letter_that_cannot_be_put_in_place_leaves_nothing(tmp_path: Path) -> None:
    name = file_name(letters_for(GRANTED, rulebook())[0], GRANTED)
    (tmp_path / f"{name}.txt").mkdir()
    problems: list[Problem] = []
    files = write_letters(GRANTED, rulebook(), tmp_path, TEMPLATES, problems)
    assert [f.suffix for f in files] == [".html"]
    assert [p.code for p in problems] == ["letter.not_written"]
    assert not list(tmp_path.glob(".letter-*"))


def test_a_letter_grown_too_long_is_a_problem(tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    templates.mkdir()
    (templates / "granted.md").write_text("{{ case }}{{ measure.title }}" * 3, encoding="utf-8")
    problems: list[Problem] = []
    long = replace(GRANTED, measures=tuple(replace(m, title="示" * 1_000_000) for m in GRANTED.measures))
    assert write_letters(long, rulebook(), tmp_path, templates, problems) == []
    assert [p.code for p in problems] == ["letter.large"]


def test_a_loop_that_writes_nothing_ends_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    templates = tmp_path / "templates"
    templates.mkdir()
    (templates / "granted.md").write_text("{% for line in lines %}{{ line.reason }}{% endfor %}", encoding="utf-8")
    monkeypatch.setattr(environment, "LARGEST_LETTER", 200)
    problems: list[Problem] = []
    many = decision(measure("service", "granted", (GRANTED_LINE,) * 300))
    assert write_letters(many, rulebook(), tmp_path, templates, problems) == []
    assert [p.code for p in problems] == ["letter.large"]


def test_lines_are_all_in_the_letter(tmp_path: Path) -> None:
    many = decision(measure("service", "granted", (GRANTED_LINE,) * 300))
    (_, page) = write(many, tmp_path)
    assert Page(page.read_text(encoding="utf-8")).tags.count("tr") == 301


def test_a_notice_in_english_writes_in_english(tmp_path: Path) -> None:
    book = rulebook(language="en")
    problems: list[Problem] = []
    [letter] = write_letters(REFUSED, book, tmp_path, TEMPLATES, problems, ("txt",))
    assert problems == []
    text = letter.read_text(encoding="utf-8")
    assert "benefit refused" in text
    assert "as in force on 2021-06-10" in text
    assert "1 month short" in text
    assert "不" not in text
