"""Many letters in one folder: all of them there, sums that agree, and the same bytes however often it was cut short."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interpreter.decision.model import Decision
from interpreter.language.unknown import Unknown
from interpreter.letters.mailing import letter, run
from interpreter.letters.mailing.earlier import Journal
from interpreter.letters.mailing.run import Bulk, Order, write_all
from interpreter.letters.plan import LetterKind, letters_for
from interpreter.letters.write import UNFINISHED
from interpreter.rulebook.model import Rulebook
from tests.letters.building import ALL, GRANTED, PLACES, REFUSED, REVIEW, TEMPLATES, decision, measure, rulebook

BOOK = rulebook()


def at(place: int, number: str, of: Decision) -> Decision:
    """The decision of a case of that number, by that authority."""
    assert of.authority is not None
    return replace(of, case=number, authority=replace(of.authority, value=PLACES[place]))


CASES = [at(place, f"{place}-{name}", ALL[name]) for place in range(3) for name in ALL]


LISTS = ["index.csv", "index.json", "index.xlsx", "merge.xlsx"]


class Killed(BaseException):
    """The end of the program."""


def write(
    out: Path, cases: Collection[Decision] = CASES, templates: Path = TEMPLATES, book: Rulebook = BOOK, *,
    formats: Collection[str] = ("txt", "html"), only: Collection[LetterKind] | None = None,
    progress: Callable[[int], None] = lambda _cases: None, workers: int = 0, since: Path | None = None,
) -> Bulk:
    given = ((case, book) for case in cases)
    return write_all(given, Order(out, templates, tuple(formats), only, since=since, workers=workers), progress)


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def index(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "index.json").read_bytes())
    return found


def rows(folder: Path) -> list[list[str]]:
    with (folder / "index.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_every_letter_of_every_case_is_there_once_and_listed(tmp_path: Path) -> None:
    made = write(tmp_path)
    asked = [(case.case, plan.measure.measure, plan.kind) for case in CASES for plan in letters_for(case, BOOK)]
    listed = [row for row in index(tmp_path)["letters"] if row["kind"]]
    assert [(row["case"], row["measure"], row["kind"]) for row in listed] == asked
    files = [file for row in listed for file in row["files"].values()]
    assert len(files) == len(set(files)) == made.files == made.written == 2 * made.letters == 2 * len(asked)
    assert sorted(tree(tmp_path)) == sorted([*files, *LISTS, "manifest.json"])
    assert {file.partition("/")[0] for file in files} == {"示例区", "示例县", "_1_1_" + digest("=1+1")}
    assert made.cases == len(CASES)
    assert (made.held, made.problems, made.left_over) == ([], [], [])


def digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:12]


def test_the_manifest_is_of_every_file(tmp_path: Path) -> None:
    write(tmp_path)
    found = tree(tmp_path)
    listed = json.loads(found.pop("manifest.json"))["files"]
    assert listed == {name: hashlib.sha256(content).hexdigest() for name, content in found.items()}


def test_sums_are_those_of_the_decisions(tmp_path: Path) -> None:
    made = write(tmp_path)
    decided = sum((case.total for case in CASES), Decimal(0))
    assert sum((total.amount for total in made.totals.values()), Decimal(0)) == decided > 0
    listed = index(tmp_path)
    assert sum((Decimal(row["amount"]) for row in listed["letters"] if row["amount"]), Decimal(0)) == decided
    assert sum((Decimal(total["amount"]) for total in listed["totals"]), Decimal(0)) == decided
    assert sum(total["letters"] for total in listed["totals"]) == made.letters
    assert sum((Decimal(row[4]) for row in rows(tmp_path)[1:] if row[4]), Decimal(0)) == decided
    by = {(t["authority"], t["kind"]): (t["letters"], t["amount"]) for t in listed["totals"]}
    granted = [case for case in CASES if case.authority and case.authority.value == PLACES[1] and any(
        plan.kind == "granted" for plan in letters_for(case, BOOK))]
    assert by["示例县", "granted"] == (len(granted), str(sum(case.total for case in granted)))


@given(st.lists(st.tuples(st.decimals("0.01", 10**12, places=2), st.sampled_from((0, 1, 2))), min_size=1, max_size=8))
@settings(max_examples=12, deadline=None)
def test_sums_are_exact_whatever_they_are(amounts: list[tuple[Decimal, int]]) -> None:
    cases = [
        at(place, str(number), replace(GRANTED, measures=(replace(GRANTED.measures[0], amount=amount),), total=amount))
        for number, (amount, place) in enumerate(amounts)
    ]
    with tempfile.TemporaryDirectory() as folder:
        made = write(Path(folder), cases, formats=("txt",))
        listed = index(Path(folder))["totals"]
    assert sum(total.amount for total in made.totals.values()) == sum(amount for amount, _ in amounts)
    assert sum(Decimal(total["amount"]) for total in listed) == sum(amount for amount, _ in amounts)


def test_index_for_people(tmp_path: Path) -> None:
    write(tmp_path, [at(2, "=cmd|' /C calc'!A0", GRANTED), at(0, "甲，\"乙\"\n=1", REFUSED), at(0, "3", REVIEW)])
    content = (tmp_path / "index.csv").read_bytes()
    assert content.startswith("\ufeff案件编号,机关,事项,文书,金额,文件,合订本,起页,页数,印章位置,说明\r\n".encode())
    first, second, third = rows(tmp_path)[1:]
    assert first[:5] == ["'=cmd|' /C calc'!A0", "'=1+1", "稳岗补贴", "准予", "3000"]
    assert (tmp_path / first[5]).is_file()
    assert second[:5] == ["甲，\"乙\" =1", "示例区", "稳岗补贴", "不予", ""]
    assert third == ["3", "示例区", "稳岗补贴", *[""] * 7, "须先由本机关认定，尚不能作出决定"]


def straight(folder: Path, cases: Collection[Decision]) -> dict[str, bytes]:
    write(folder, cases)
    return tree(folder)


@given(st.integers(0, 6), st.integers(0, 24))
@settings(max_examples=6, deadline=None)
def test_a_run_cut_short_anywhere_and_started_again_ends_like_a_straight_one(case: int, moves: int) -> None:
    """Killed after some case, then in the middle of writing some file; nothing is cleaned up by the killed ones."""
    cases = CASES[::6]
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
        out = Path(second)
        kill_after(out, cases, case)
        kill_while_moving(out, cases, moves)
        before = {name: content for name, content in tree(out).items() if "/" in name}
        made = write(out, cases)
        after = tree(out)
        assert after == straight(Path(first), cases)
        assert made.written == made.files - sum(after.get(name) == content for name, content in before.items())
        assert write(out, cases).written == 0


def kill_after(out: Path, cases: Collection[Decision], number: int) -> None:
    done = 0

    def progress(more: int) -> None:
        nonlocal done
        done += more
        if done > number:
            raise Killed

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "closing", left_open)
        try:
            write(out, cases, progress=progress)
        except Killed:
            assert not (out / "manifest.json").exists()


def kill_while_moving(out: Path, cases: Collection[Decision], number: int) -> None:
    left = number
    move = os.replace

    def replace_or_die(source: str, target: Path) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            Path(source).write_bytes(b"half")
            raise Killed
        move(source, target)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "replace", replace_or_die)
        patch.setattr(run, "closing", left_open)
        try:
            write(out, cases)
        except Killed:
            assert list(out.glob(f"{UNFINISHED}*"))


class left_open:  # noqa: N801
    """What a killed program does of `contextlib.closing`."""

    def __init__(self, thing: object) -> None:
        self.thing = thing

    def __enter__(self) -> object:
        return self.thing

    def __exit__(self, *_why: object) -> None:
        return


def test_what_was_changed_or_lost_is_written_again_and_nothing_else(tmp_path: Path) -> None:
    write(tmp_path)
    kept = tree(tmp_path)
    one, other, *_ = sorted(name for name in kept if name.endswith(".txt"))
    (tmp_path / one).write_bytes(b"x" * len(kept[one]))
    (tmp_path / other).unlink()
    assert write(tmp_path).written == 2
    assert tree(tmp_path) == kept


def test_letters_of_earlier_runs_are_told_and_left(tmp_path: Path) -> None:
    write(tmp_path, [at(0, "1", GRANTED), at(0, "2", GRANTED)])
    made = write(tmp_path, [at(0, "1", REFUSED), at(0, "2", GRANTED)], formats=("txt",))
    assert made.left_over == ["示例区/1-steady-granted.html", "示例区/1-steady-granted.txt",
                              "示例区/2-steady-granted.html"]
    assert (tmp_path / "示例区/1-steady-granted.txt").exists()


def test_only_some_kinds(tmp_path: Path) -> None:
    made = write(tmp_path, only={"incomplete", "acceptance"})
    assert {kind for _, kind, _ in made.totals} == {"incomplete", "acceptance"}
    assert {row["kind"] for row in index(tmp_path)["letters"]} == {"incomplete", "acceptance"}
    assert sum((total.amount for total in made.totals.values()), Decimal(0)) == 0


def test_a_faulty_template_holds_back_its_letters_and_no_others(tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    for kind in ("partly_granted", "refused", "not_accepted", "incomplete"):
        (templates / "made" / "示例县").mkdir(parents=True, exist_ok=True)
        (templates / f"{kind}.md").write_text("# {{ case }}", encoding="utf-8")
    (templates / "granted.md").write_text("# 准予 {{ case }}", encoding="utf-8")
    (templates / "made" / "示例县" / "granted.md").write_text("{{ cas }}", encoding="utf-8")
    made = write(tmp_path / "out", templates=templates)
    assert [problem.code for problem in made.problems] == ["letter.name_unknown"]
    granted = [plan for case in CASES for plan in letters_for(case, BOOK, {"granted"})]
    assert len(made.held) == len(granted) / 3 > 0
    assert {(row.authority, row.kind, row.files == {}, row.note) for row in made.held} == {
        ("示例县", "granted", True, letter.TEMPLATE_AT_FAULT)}
    decided = sum((case.total for case in CASES), Decimal(0))
    sums = [total.amount for totals in (made.totals, made.held_totals) for total in totals.values()]
    assert sum(sums, Decimal(0)) == decided
    listed = index(tmp_path / "out")
    assert [total["authority"] for total in listed["held_back"]] == ["示例县"]
    assert sum(Decimal(t["amount"]) for t in (*listed["totals"], *listed["held_back"])) == decided
    notes = [row for row in rows(tmp_path / "out")[1:] if row[10] == letter.TEMPLATE_AT_FAULT.zh]
    assert [row[5] for row in notes] == [""] * len(made.held)


def test_a_case_number_that_comes_twice_holds_the_second_back(tmp_path: Path) -> None:
    made = write(tmp_path, [at(0, "a", GRANTED), at(0, "A", GRANTED), at(1, "a", GRANTED)])
    assert [(row.case, row.note) for row in made.held] == [("A", run.SAME_NAME)]
    assert made.letters == 2


def test_a_file_that_cannot_be_written_holds_its_letter_back(tmp_path: Path) -> None:
    (tmp_path / "示例区" / "1-steady-granted.html").mkdir(parents=True)
    (tmp_path / "示例县").write_text("x", encoding="utf-8")
    made = write(tmp_path, [at(0, "1", GRANTED), at(0, "2", GRANTED), at(1, "3", GRANTED), at(1, "4", GRANTED)])
    assert [row.case for row in made.held] == ["1", "3", "4"]
    assert {row.note for row in made.held} == {letter.NOT_STORED}
    assert len(made.problems) == 2
    assert made.files == 2
    listed = json.loads((tmp_path / "manifest.json").read_bytes())["files"]
    assert sorted(listed) == [*LISTS, "示例区/2-steady-granted.html", "示例区/2-steady-granted.txt"]
    assert made.left_over == ["示例区/1-steady-granted.html", "示例区/1-steady-granted.txt"]


def test_a_folder_that_cannot_be_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    made = write(tmp_path / "file")
    assert [problem.code for problem in made.problems] == ["letter.not_written"]
    assert made.letters == 0
    (tmp_path / "out" / "index.csv").mkdir(parents=True)
    made = write(tmp_path / "out")
    assert [problem.code for problem in made.problems] == ["letter.not_written"]
    assert not (tmp_path / "out" / "manifest.json").exists()
    assert [path.name for path in (tmp_path / "out").glob(f"{UNFINISHED}*")] == [Journal.NAME]


def test_an_error_of_the_caller_is_the_callers(tmp_path: Path) -> None:
    def progress(_cases: int) -> None:
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        write(tmp_path, progress=progress)
    assert [path.name for path in tmp_path.glob(f"{UNFINISHED}*")] == [Journal.NAME]


def test_progress_counts_cases_and_cases_are_taken_in_waves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "WAVE", 5)
    taken = told = 0

    def cases() -> Iterator[tuple[Decision, Rulebook]]:
        nonlocal taken
        for case in CASES:
            assert taken - told < 5
            taken += 1
            yield case, BOOK

    def progress(more: int) -> None:
        nonlocal told
        told += more

    write_all(cases(), Order(tmp_path, TEMPLATES, ("txt",), workers=0), progress)
    assert told == taken == len(CASES)


def test_an_authoritys_own_template_is_used_for_its_letters_alone(tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    (templates / "made" / "3302").mkdir(parents=True)
    (templates / "parts").mkdir()
    (templates / "granted.md").write_text('# {% include "parts/word.md" %}', encoding="utf-8")
    (templates / "parts" / "word.md").write_text("common", encoding="utf-8")
    (templates / "made" / "3302" / "parts").mkdir()
    (templates / "made" / "3302" / "parts" / "word.md").write_text("own", encoding="utf-8")
    cases = [at(0, "1", GRANTED), at(1, "2", GRANTED), at(0, "3", GRANTED)]
    write(tmp_path / "out", cases, templates, formats=("txt",))
    texts = {name: text.decode() for name, text in tree(tmp_path / "out").items() if name.endswith("txt")}
    said = {name: text.splitlines()[0].strip() for name, text in texts.items()}
    assert [said[name] for name in sorted(said)] == ["common", "common", "own"]


def test_an_authority_nobody_knows(tmp_path: Path) -> None:
    assert GRANTED.authority is not None
    unknown = replace(GRANTED, authority=replace(GRANTED.authority, value=Unknown(1)))
    made = write(tmp_path, [unknown, replace(unknown, case="2", authority=None)])
    assert made.letters == 2
    assert {name.partition("/")[0] for name in tree(tmp_path) if "/" in name} == {"机关未定"}


def test_no_private_number_is_in_a_list_or_a_name(tmp_path: Path) -> None:
    write(tmp_path)
    assert not any(b"511133" in content or "511133" in name for name, content in tree(tmp_path).items())
    assert not any("示例甲" in row for row in map(str, rows(tmp_path)))


def test_entitlements_have_no_amount(tmp_path: Path) -> None:
    status = decision(measure("steady", "granted", (), amount=None, kind="entitlement"))
    write(tmp_path, [status])
    (row,) = index(tmp_path)["letters"]
    assert row["amount"] is None
    assert rows(tmp_path)[1][4] == ""
