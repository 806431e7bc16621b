"""Letters by several processes: the same bytes, also after a kill, and no letter takes others with it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from pathlib import Path

import pytest

from interpreter.letters import layouts
from interpreter.letters.mailing import letter, run
from interpreter.letters.mailing.earlier import Earlier, Journal
from interpreter.letters.mailing.run import Order, write_all
from interpreter.letters.mailing.workers import Limits, can_share
from interpreter.letters.paper import Paper
from tests.letters.building import GRANTED, REFUSED, TEMPLATES
from tests.letters.mailing.test_run import BOOK, CASES, at, index, tree, write

pytestmark = pytest.mark.skipif(not can_share(), reason="processes share nothing here")
FORMATS = ("docx", "html", "txt")


@pytest.fixture(scope="module")
def straight(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of a run in one process."""
    out = tmp_path_factory.mktemp("straight")
    assert write(out, formats=FORMATS).problems == []
    return tree(out)


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_the_bytes_do_not_depend_on_who_writes(
    tmp_path: Path, straight: dict[str, bytes], workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "WAVE", 7)
    made = write(tmp_path, formats=FORMATS, workers=workers)
    assert tree(tmp_path) == straight
    assert made.written == made.files == 3 * made.letters


@pytest.mark.parametrize("pause", [0.05, 0.15, 0.3, 0.5])
def test_killed_at_any_time_it_goes_on_to_the_same_bytes(
    tmp_path: Path, straight: dict[str, bytes], pause: float
) -> None:
    process = multiprocessing.get_context("fork").Process(
        target=write, args=(tmp_path,), kwargs={"formats": FORMATS, "workers": 2}
    )
    process.start()
    time.sleep(pause)
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    write(tmp_path, formats=FORMATS, workers=2)
    assert tree(tmp_path) == straight


def test_what_is_there_is_not_set_again(
    tmp_path: Path, straight: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, CASES[:20], formats=FORMATS)
    done = len([name for name in tree(tmp_path) if name.endswith(".txt")])
    (tmp_path / "manifest.json").rename(tmp_path / Journal.NAME)  # no line of it can be read
    again: list[str] = []
    text = layouts.LAYOUTS["txt"]
    monkeypatch.setitem(layouts.LAYOUTS, "txt", lambda paper: again.append(paper.id) or text(paper))  # type: ignore
    made = write(tmp_path, formats=FORMATS)
    assert len(again) == made.letters - done
    assert tree(tmp_path) == straight
    assert write(tmp_path, formats=FORMATS).written == 0
    assert len(again) == made.letters - done


def test_what_another_program_set_is_set_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, [at(0, "1", GRANTED)], formats=("txt",))
    file = tmp_path / "示例区" / "1-steady-granted.txt"
    kept = file.read_bytes()
    earlier = Earlier.read(tmp_path)
    paper = earlier.paper("示例区/1-steady-granted")
    assert paper is not None
    assert earlier.intact("示例区/1-steady-granted", paper, ("txt",), tmp_path) is not None
    monkeypatch.setattr("interpreter.letters.mailing.earlier._MADE_BY", ["another"])
    assert earlier.intact("示例区/1-steady-granted", paper, ("txt",), tmp_path) is None
    file.write_bytes(b"by another")
    monkeypatch.undo()
    assert write(tmp_path, [at(0, "1", GRANTED)], formats=("txt",)).written == 1
    assert file.read_bytes() == kept


def test_a_letter_that_runs_away_is_held_back_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = layouts.LAYOUTS["txt"]

    def layout(paper: Paper) -> object:
        while paper.case == "1":
            pass
        if paper.case == "3":
            return bytearray(400 << 20)
        return text(paper)

    monkeypatch.setitem(layouts.LAYOUTS, "txt", layout)  # type: ignore[index]
    cases = [(at(0, str(number), GRANTED), BOOK) for number in range(6)]
    order = Order(tmp_path, TEMPLATES, ("txt",), workers=2, limits=Limits(seconds=1, memory=300 << 20))
    made = write_all(cases, order)
    assert [(row.case, row.note) for row in made.held] == [("1", letter.RAN_AWAY), ("3", letter.RAN_AWAY)]
    assert [(p.code, p.fields["case"]) for p in made.problems] == [("letter.ran_away", "1"), ("letter.ran_away", "3")]
    assert sorted(name for name in tree(tmp_path) if name.endswith(".txt")) == [
        f"示例区/{number}-steady-granted.txt" for number in (0, 2, 4, 5)]


def test_only_what_changed_since_another_run(tmp_path: Path) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    write(before, [at(0, "1", GRANTED), at(0, "2", GRANTED), at(0, "3", GRANTED)], formats=("txt",))
    made = write(after, [at(0, "1", GRANTED), at(0, "2", REFUSED), at(0, "4", GRANTED)], formats=("txt",), since=before)
    assert [name for name in sorted(tree(after)) if name.endswith(".txt")] == [
        "示例区/2-steady-refused.txt", "示例区/4-steady-granted.txt"]
    assert (made.same, made.letters, made.left_over) == (1, 2, [])
    assert made.gone == ["示例区/2-steady-granted", "示例区/3-steady-granted"]
    listed = index(after)
    assert [total["letters"] for total in listed["unchanged"]] == [1]
    assert [row["same"] for row in listed["letters"]] == [True, False, False]
    # the next run is compared with this one as if it had all letters
    third = write(tmp_path / "third", [at(0, "1", GRANTED), at(0, "4", REFUSED)], formats=("txt",), since=after)
    assert (third.same, third.letters) == (1, 1)
