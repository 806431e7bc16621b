"""Work shared among processes: in order, and a piece that goes too far ends alone."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

import pytest

from interpreter.letters.mailing.workers import Limits, can_share, done_in_order

MB = 1 << 20
pytestmark = pytest.mark.skipif(not can_share(), reason="processes share nothing here")


def lost(piece: int) -> str:
    return f"lost {piece}"


def done(work: Callable[[int], str], count: int, workers: int, limits: Limits | None = None) -> list[str]:
    return list(done_in_order(range(count), work, lost, workers=workers, limits=limits))


@pytest.mark.parametrize("workers", [0, 1, 2, 5])
def test_results_come_in_order_however_many_share(workers: int) -> None:
    def work(piece: int) -> str:
        time.sleep(piece % 7 / 1000)
        return str(piece)

    assert done(work, 100, workers) == list(map(str, range(100)))


def test_no_pieces() -> None:
    assert done(str, 0, 2) == []


def test_the_work_is_done_elsewhere() -> None:
    assert str(os.getpid()) not in done(lambda _: str(os.getpid()), 4, 1)


def at(places: set[int], fault: Callable[[], object]) -> Callable[[int], str]:
    """Work that goes wrong at some pieces."""
    def work(piece: int) -> str:
        if piece in places:
            fault()
        return str(piece)

    return work


def burn() -> None:
    while True:
        pass


@pytest.mark.parametrize(("fault", "limits"), [
    (burn, Limits(seconds=1)),
    (lambda: bytearray(300 * MB), Limits(memory=200 * MB)),
    (lambda: os._exit(3), Limits()),
    (lambda: os.kill(os.getpid(), 9), Limits()),
], ids=["time", "memory", "exit", "killed"])
@pytest.mark.parametrize("workers", [1, 2])
def test_a_piece_that_goes_too_far_ends_alone(fault: Callable[[], object], limits: Limits, workers: int) -> None:
    places = {9} if fault is burn else {0, 9, 19}
    expected = [lost(piece) if piece in places else str(piece) for piece in range(20)]
    assert done(at(places, fault), 20, workers, limits) == expected


def test_a_fault_of_the_work_is_raised_here() -> None:
    def fault() -> None:
        raise ValueError("wrong")

    with pytest.raises(ValueError, match="wrong"):
        done(at({5}, fault), 20, 2)


def test_a_fault_that_cannot_travel_is_told_by_its_kind() -> None:
    class Local(Exception):  # noqa: N818
        pass

    def fault() -> None:
        raise Local

    with pytest.raises(RuntimeError, match="Local"):
        done(at({5}, fault), 20, 2)


def test_nobody_is_left_when_the_results_are_not_wanted() -> None:
    results = done_in_order(range(100), lambda _: str(os.getpid()), lost, workers=2)
    pids = {int(next(results)), int(next(results))}
    results.close()
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
