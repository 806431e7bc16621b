"""Which letters a decision gets, and how they come to be files."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interpreter.decision.model import BEST_FIRST, Decision, Named, Outcome
from interpreter.language.types import TEXT
from interpreter.letters.write import file_name, letters_for, without_letter, write_letters
from interpreter.problems import Problem
from interpreter.rulebook.model import Rulebook
from tests.letters.building import (
    ALL,
    GRANTED,
    GRANTED_LINE,
    PARTLY,
    PERSON_IS,
    REFUSED,
    TEMPLATES,
    decision,
    line,
    measure,
    rulebook,
)
from tests.letters.reading import Page
from tests.letters.test_escaping import HOSTILE

GOLDEN = Path(__file__).parent / "golden"
REMEDIES = {"2021-01-01": "如不服本决定，可以依照（示例规定）申请复核。"}


def of(*outcomes: Outcome, claims: tuple[str, ...] | None = ("service",)) -> Decision:
    """A decision about one measure with lines of these outcomes."""
    best = min(outcomes, key=BEST_FIRST.index)
    keys = ((Named("entry", "行", str(number), TEXT),) for number in itertools.count())
    lines = tuple(line(o, (), key) for o, key in zip(outcomes, keys, strict=False) if o != "not_applicable")
    return decision(measure("service", best, lines, claimed="service" in (claims or ())), claims=claims)


def kinds(of: Decision) -> list[str]:
    return [plan.kind for plan in letters_for(of)]


@pytest.mark.parametrize(("outcomes", "expected"), [
    (("granted",), ["granted"]),
    (("refused",), ["refused"]),
    (("incomplete",), ["incomplete"]),
    (("granted", "refused"), ["partly_granted"]),
    (("granted", "incomplete"), ["granted", "incomplete"]),
    (("granted", "refused", "incomplete"), ["partly_granted", "incomplete"]),
    (("refused", "incomplete"), ["incomplete"]),
    (("refused", "review"), []),
    (("granted", "review"), ["granted"]),
    (("review",), []),
    (("referred",), []),
    (("not_applicable",), []),
])
def test_letters_of_a_claimed_measure(outcomes: tuple[Outcome, ...], expected: list[str]) -> None:
    assert kinds(of(*outcomes)) == expected


def test_without_claims_only_what_is_granted_or_incomplete_gets_letters() -> None:
    assert kinds(of("granted", claims=None)) == ["granted"]
    assert kinds(of("incomplete", claims=None)) == ["incomplete"]
    assert kinds(of("refused", claims=None)) == []
    assert kinds(of("granted", claims=("steady",))) == []


def test_every_measure_has_letters_or_a_reason_why_not() -> None:
    for number in (1, 2):
        for outcomes in itertools.product(BEST_FIRST, repeat=number):
            for claims in (None, ("service",), ("steady",)):
                made = of(*outcomes, claims=claims)
                assert len(without_letter(made)) == (0 if letters_for(made) else 1)
    reasons = [without_letter(of(o))[0].why.en for o in ("review", "referred", "not_applicable")]
    assert len(set(reasons)) == 3


def write(made: Decision, folder: Path, book: Rulebook | None = None, templates: Path = TEMPLATES) -> list[Path]:
    problems: list[Problem] = []
    files = write_letters(made, book or rulebook(remedies=REMEDIES), folder, templates, problems)
    assert problems == []
    return files


@pytest.mark.parametrize("name", ALL)
def test_letters_read_as_they_should(name: str, tmp_path: Path) -> None:
    files = write(ALL[name], tmp_path)
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


def hostile(value: str) -> Decision:
    """A decision with the value wherever somebody outside could have written it."""
    named = Named("x", value, value, TEXT)
    lines = tuple(
        replace(
            one, key=(named,), computation=(named,),
            findings=tuple(replace(f, say=value, clause=value, values=(named,)) for f in one.findings),
        )
        for one in PARTLY.measures[0].lines
    )
    return replace(
        PARTLY, case=value, who=(named, named), authority=named, as_of_label=value,
        measures=tuple(
            replace(m, lines=lines, title=value, clause=value, payer=(named,), missing=tuple(
                replace(fact, label=value, proof=value) for fact in m.missing)) for m in PARTLY.measures
        ),
    )


@pytest.mark.parametrize("value", HOSTILE)
def test_no_value_is_markup_in_any_letter(value: str, tmp_path: Path) -> None:
    for made in (hostile(value), replace(hostile(value), measures=tuple(
        replace(m, outcome="refused", lines=m.lines[1:2]) for m in hostile(value).measures
    ))):
        plain = replace(made, case="甲")
        files, safe = write(made, tmp_path / "a"), write(hostile_like(plain), tmp_path / "b")
        assert [f.suffix for f in files] == [f.suffix for f in safe]
        for file, like in zip(files, safe, strict=True):
            if file.suffix == ".html":
                assert Page(file.read_text(encoding="utf-8")).tags == Page(like.read_text(encoding="utf-8")).tags


def hostile_like(made: Decision) -> Decision:
    """The same with harmless values."""
    safe = hostile("甲")
    return replace(safe, measures=tuple(
        replace(m, outcome=made.measures[0].outcome, lines=m.lines if len(made.measures[0].lines) > 1 else m.lines[1:2])
        for m in safe.measures
    ))


@given(st.text() | st.sampled_from((
    "../../x", "/etc/x", "C:\\x", "CON", "con.txt", "a" * 500, "示" * 500, "", ".", "..", "-rf", "a/b", "a\x00b", "a b",
    "NUL.",
)))
def test_a_case_number_cannot_leave_the_folder(number: str) -> None:
    (plan,) = letters_for(replace(GRANTED, case=number))
    name = file_name(plan, GRANTED) + ".html"
    assert not set(name) & set('/\\:*?"<>|\0 ')
    assert name.count(".") == 1
    assert name.partition(".")[0].upper() not in {"CON", "PRN", "AUX", "NUL"}
    assert not name.startswith(("-", "."))
    assert len(name.encode("utf-8")) <= 250


def test_numbers_that_look_alike_keep_names_apart() -> None:
    numbers = ("a/b", "a_b", "a:b", "a b", "a" * 90, "a" * 91)
    names = {file_name(letters_for(replace(GRANTED, case=number))[0], GRANTED) for number in numbers}
    assert len(names) == 6


def test_no_name_or_number_of_a_person_is_in_a_file_name() -> None:
    number = f"甲-{PERSON_IS[1].value}-{PERSON_IS[0].value}"
    name = file_name(letters_for(replace(GRANTED, case=number))[0], replace(GRANTED, case=number))
    assert "511133" not in name
    assert "示例甲" not in name


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
    assert files[0].read_text(encoding="utf-8").strip() == "甲"


def test_a_folder_that_cannot_be_written_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    problems: list[Problem] = []
    assert write_letters(GRANTED, rulebook(), tmp_path / "file", TEMPLATES, problems) == []
    assert {p.code for p in problems} == {"letter.not_written"}
    assert "示例甲" not in repr([p.fields for p in problems])


def test_a_letter_that_cannot_be_put_in_place_leaves_nothing(tmp_path: Path) -> None:
    name = file_name(letters_for(GRANTED)[0], GRANTED)
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


def test_lines_are_all_in_the_letter(tmp_path: Path) -> None:
    many = decision(measure("service", "granted", (GRANTED_LINE,) * 300))
    (_, page) = write(many, tmp_path)
    assert Page(page.read_text(encoding="utf-8")).tags.count("tr") == 301
