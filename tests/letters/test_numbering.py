"""Document numbers: one series an authority and year, one number a letter, whoever asks and how often."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interpreter.letters.numbering import NumberRegister, Wanted, wanted
from interpreter.letters.office import Issued
from interpreter.letters.plan import letters_for
from tests.letters.building import GRANTED, PLACES, REFUSED, decision, rulebook

asked = st.lists(st.builds(
    Wanted, st.sampled_from(["made/1", "made/2"]), st.sampled_from([2021, 2022]), st.sampled_from("abcdefghij"),
), unique_by=lambda one: one.letter, max_size=10)


@given(st.lists(asked, max_size=4))
def test_numbers_run_without_gap_and_are_kept(runs: list[list[Wanted]]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        register = NumberRegister(Path(folder) / "numbers.db")
        first: dict[str, tuple[Issued, str]] = {}
        for run in runs:
            for one, issued in zip(run, register.numbers(run), strict=True):
                assert first.setdefault(one.letter, (issued, one.series))[0] == issued
        for series in ("made/1", "made/2"):
            for year in (2021, 2022):
                given_ = [i.n for i, of in first.values() if of == series and i.year == year]
                assert sorted(given_) == list(range(1, len(given_) + 1))


def test_runs_at_once_never_share_a_number(tmp_path: Path) -> None:
    path = tmp_path / "numbers.db"

    def run(name: str) -> list[Issued]:
        register = NumberRegister(path)
        return [one for place in range(20) for one in register.numbers([Wanted("s", 2021, f"{name}{place}")])]

    with ThreadPoolExecutor(4) as pool:
        found = [one.n for part in pool.map(run, "abcd") for one in part]
    assert sorted(found) == list(range(1, 81))


def test_a_run_that_dies_has_taken_nothing(tmp_path: Path) -> None:
    path = tmp_path / "numbers.db"
    NumberRegister(path).numbers([Wanted("s", 2021, "a")])
    script = (
        "import os, sys\nfrom pathlib import Path\nfrom interpreter.letters.numbering import NumberRegister, Wanted\n"

        "register = NumberRegister(Path(sys.argv[1]))\nfile = register._open()\nfile.execute('begin immediate')\n"
        "file.execute(\"insert into numbers values ('s', 2021, 2, 'b')\")\nos._exit(9)\n"
    )
    assert subprocess.run([sys.executable, "-c", script, str(path)], check=False).returncode == 9
    assert NumberRegister(path).numbers([Wanted("s", 2021, "c"), Wanted("s", 2021, "b")]) == [
        Issued(2021, 2), Issued(2021, 3),
    ]


def test_a_reprint_keeps_its_number_and_year(tmp_path: Path) -> None:
    register = NumberRegister(tmp_path / "numbers.db")
    register.numbers([Wanted("s", 2021, "a")])
    later = Wanted("s", 2022, "a")
    assert register.numbers([later]) == [Issued(2021, 1)]
    assert register.reprints([later, Wanted("s", 2022, "b")]) == [Issued(2021, 1, reprint=True), None]


def test_the_decision_makes_the_letter() -> None:
    book = rulebook()

    def of(made, day=None):
        return wanted(made, letters_for(made, book)[0], book, day)

    assert of(GRANTED) == of(GRANTED) is not None
    assert of(GRANTED) == of(replace(GRANTED, digests=replace(GRANTED.digests, bundle="other")))
    others = [of(REFUSED), of(replace(GRANTED, case="2021-0002")), of(decision(GRANTED.measures[0], who=()))]
    assert of(GRANTED).letter not in [one.letter for one in others[:2]]
    assert of(GRANTED).series == "made/3301"
    elsewhere = replace(GRANTED, authority=replace(GRANTED.authority, value=PLACES[1]))
    assert of(elsewhere).series == "made/3302"
    assert of(GRANTED, date(2022, 1, 1)).year == 2022
    assert of(replace(GRANTED, as_of=None)) is None


def test_what_is_no_register_is_said(tmp_path: Path) -> None:
    (tmp_path / "numbers.db").write_bytes(b"no database at all, but long enough to be looked at as one" * 20)
    with pytest.raises(OSError, match="DatabaseError"):
        NumberRegister(tmp_path / "numbers.db")
