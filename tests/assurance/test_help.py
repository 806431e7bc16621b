"""Every code has a page of help, whose wrong example is just that problem and whose right one is none."""

from __future__ import annotations

import json
import re
import shlex
from importlib import import_module
from pathlib import Path

import duckdb
import pytest

from interpreter.assurance.help.examples import said
from interpreter.assurance.help.overlay import overlay
from interpreter.assurance.help.page import help_page, list_of_codes
from interpreter.assurance.help.pages import Page, floor_pages, page_of
from interpreter.problems import Language, Problem
from interpreter.problems.cells import width
from interpreter.problems.messages import FLOORS, catalogue
from interpreter.problems.words import says
from interpreter.rulebook.starter.new import new_policy
from tests.cli.running import policy

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
LANGUAGES: tuple[Language, ...] = ("zh", "en")
PAGES = {code: page for floor in FLOORS for code, page in floor_pages(floor).items()}
RUN = [code for code, page in PAGES.items() if page.at != "said"]

NOT_SHOWN_BY_A_COMMAND = {
    "batch.differs", "batch.function", "batch.slow",  # a fault of the program
    "letter.no_fonts", "letter.no_glyph", "letter.fonts_not_fetched", "letter.numbers",  # hang on what is installed
    "file.unreadable", "letter.not_written",  # want a file system that refuses
    "letter.rendering", "letter.large", "letter.ran_away",  # a fault of a template that its check does not see
    "letter.print_lost",  # wants a letter that takes too long
    "type.deep", "type.large", "table.not-looked-at",  # too long to be read by anybody
    "schema.form", "case.value",  # for forms and types that no file has yet
    "case.provided-differs",  # wants a notice of its own
    "sheet.large", "sheet.unsafe", "sheet.password", "sheet.month-tenth", "sheet.formula", "sheet.error-cell",
    "sheet.unwritten",  # want a workbook, or a folder that is missing: tests/cases/sheets
    "folder.missing", "case.claimant",  # a command finds the same sooner and says it by another code
}


@pytest.mark.parametrize("floor", FLOORS)
def test_every_code_has_a_page(floor: str) -> None:
    messages = import_module(f"interpreter.problems.messages.{floor}").MESSAGES
    assert set(floor_pages(floor)) == set(messages)


@pytest.mark.parametrize("code", RUN)
def test_the_wrong_example_is_this_problem_and_the_right_one_none(code: str) -> None:
    page = PAGES[code]
    for language in LANGUAGES:
        found = said(page, page.bad, language, TEMPLATES)
        assert code in [problem.code for problem in found]
    found = said(page, page.good, "en", TEMPLATES)
    assert [problem.code for problem in found if problem.severity == "error" or problem.code == code] == []


@pytest.mark.parametrize("code", PAGES)
def test_a_page_is_short_and_can_be_read_everywhere(code: str) -> None:
    for language in LANGUAGES:
        lines = help_page(PAGES[code], language, TEMPLATES).splitlines()
        assert len(lines) <= 32
        assert max(map(width, lines)) <= 80
        "".join(lines[:6]).encode("gbk")
        assert f"[{code}]" in "".join(lines)
        assert "None" not in "".join(lines)


def work_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A place to work in: two notices, a case, and files that are none."""
    monkeypatch.chdir(folder)
    for name in ("care", "visits"):
        new_policy(folder / "policy" / name, "en")
    (folder / "cases").mkdir()
    (folder / "notes").write_text("", encoding="utf-8")
    (folder / "empty.jsonl").write_text("\n", encoding="utf-8")
    (folder / "broken.parquet").write_bytes(b"PAR1")
    for name, column in (("floats", '1.5::DOUBLE AS "carer.id"'), ("other", "1 AS x")):
        duckdb.execute(f"COPY (SELECT {column}) TO '{folder / name}.parquet'")
    case(json.dumps({
        "policy": "care", "application": {"number": "1", "filed_on": "2024-06-10"},
        "carer": {"id": "T-1", "name": "A", "area": "N", "months": [{"month": "2024-04"}, {"month": "2024-05"}]},
    }))


def case(text: str) -> None:
    Path("case.json").write_text(text, encoding="utf-8")


def written(command: str) -> list[str]:
    """The words after `policy`, with what stands behind # done: the case, or the encoding it is saved in."""
    command, _, note = command.partition("#")
    if note.strip().startswith("{"):
        case(note.strip())
    elif "GBK" in note:
        Path("case.json").write_bytes('{"name":\n"示例"}'.encode("gbk"))
    return shlex.split(command)[1:]


@pytest.mark.parametrize("code", sorted(PAGES.keys() - {*RUN} - NOT_SHOWN_BY_A_COMMAND))
def test_a_command_that_is_wrong_is_answered_so(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work_in(tmp_path, monkeypatch)
    page = PAGES[code]
    ran = policy(*written(page.bad), "--lang", "en")
    told = " ".join((ran.out + ran.err).split())
    assert f"[{code}]" in told
    assert says(Problem(code, fields=page.fields), "en") in told


def test_what_is_said_of_a_command_is_asked_for() -> None:
    ran = policy("check", "--help-on", "name.unknown", "--lang", "en")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == help_page(page_of_("name.unknown"), "en", TEMPLATES)
    ran = policy("check", "--help-on", "name.unknwon", "--lang", "zh")
    assert (ran.code, ran.out) == (2, "")
    assert "是不是“name.unknown”？" in ran.err


def page_of_(code: str) -> Page:
    found = page_of(code)
    assert found is not None
    return found


def test_a_page_as_people_read_it() -> None:
    assert help_page(page_of_("unit.differ"), "en", TEMPLATES) == """\
unit.differ  the units differ: … and …

Numbers have units, and hours are neither money nor months. So a parameter in
the wrong place shows at once.

wrong:
  error  the units differ: integer, hour and number, EUR  [unit.differ]
    care/measures/care_allowance.yaml:15:7
    15 |       hours_counted(entry) >= monthly_amount
       |       ^^^^^^^^^^^^^^^^^^^^    ^^^^^^^^^^^^^^
       |       integer, hour           number, EUR
    mend  both sides need one unit; give a count one with unit:

right:
  hours_counted(entry) >= min_hours
"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_has_every_code_once(language: Language) -> None:
    text = list_of_codes(language)
    assert re.findall(r"^  (\S+)", text, re.MULTILINE) == [
        code for floor in FLOORS for code in import_module(f"interpreter.problems.messages.{floor}").MESSAGES
    ]
    assert len(catalogue()) == text.count("\n  ")
    assert max(map(width, text.splitlines())) <= 80
    assert policy("check", "--help-on", "list", "--lang", language).out == text


@pytest.mark.parametrize(("base", "fragment", "whole"), [
    ("a: 1\n", "b: 2\n", "a: 1\nb: 2\n"),
    ("a: 1\nb: 2\n", "a: 3\n", "a: 3\nb: 2\n"),
    ("a:\n  x: 1\n  y: 2\nb: 2\n", "a:\n  y: 3\n", "a:\n  x: 1\n  y: 3\nb: 2\n"),
    ("a:\n  # why\n  x: 1\n", "a:\n  y: 3\n", "a:\n  # why\n  x: 1\n  y: 3\n"),
    ("a: |\n  t: 1\nb: 2\n", "a: |\n  u\n", "a: |\n  u\nb: 2\n"),
    ("a: [1]\n", "a:\n  x: 1\n", "a:\n  x: 1\n"),
])
def test_lines_laid_over_a_file(base: str, fragment: str, whole: str) -> None:
    assert overlay(base, fragment) == whole
