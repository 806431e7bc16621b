"""Work shared among processes, each piece within limits: a piece that breaks them ends alone, not the whole run."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkContext, ForkProcess
from multiprocessing.reduction import ForkingPickler
from pathlib import Path
from typing import Any, Generic, TypeVar

Piece = TypeVar("Piece")
Result = TypeVar("Result")

_AT_ONCE = 8
"""Pieces handed out together: few, so that no process waits long for the last one."""
_AHEAD = 256
"""Pieces that may be done before their turn."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one piece may use: seconds of a processor, bytes of memory beyond those its process starts with."""

    seconds: int = 30
    memory: int = 2 << 30


@dataclass(frozen=True, slots=True)
class _Raised:
    """What the work raised: a fault of the program, for whoever asked for the work."""

    error: Exception


@dataclass(frozen=True, slots=True)
class _TooLarge:
    """The piece needed more memory than it may have."""


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def can_share() -> bool:
    """Whether the system lets a process start others that know all it knows. Where not, the work is done in one."""
    return "fork" in multiprocessing.get_all_start_methods() and os.uname().sysname == "Linux"


def done_in_order(
    pieces: Sequence[Piece], work: Callable[[Piece], Result], lost: Callable[[Piece], Result], *, workers: int,
    limits: Limits | None = None,
) -> Generator[Result, None, None]:
    """What `work` makes of every piece, in the order of the pieces however many processes share them.

    A piece whose process ended (for time, memory, or by a fault in some library) gives `lost` of it instead. What
    `work` raises is raised here. With 0 workers, or where processes cannot share, the work is done here and now,
    without limits. The pieces themselves are not copied, only their results.
    """
    if workers < 1 or not can_share():
        yield from map(work, pieces)
        return
    with _Team(pieces, work, min(workers, len(pieces)), limits or Limits()) as team:
        for made in team.results():
            if isinstance(made, _Raised):
                raise made.error
            yield lost(pieces[made.place]) if isinstance(made, _Lost) else made


@dataclass(frozen=True, slots=True)
class _Lost:
    """The piece at this place was not done."""

    place: int


@dataclass(slots=True)
class _Worker:
    """A process, our end of its pipe, and the places of the pieces it was given and has not done."""

    process: ForkProcess
    pipe: Connection
    given: list[int]


class _Team(Generic[Piece, Result]):
    """The processes at work on some pieces. They are ended with the block, whatever happens."""

    def __init__(
        self, pieces: Sequence[Piece], work: Callable[[Piece], Result], count: int, limits: Limits,
    ) -> None:
        self._pieces, self._work, self._count, self._limits = pieces, work, count, limits
        self._context: ForkContext = multiprocessing.get_context("fork")
        self._workers: dict[Connection, _Worker] = {}
        self._next = 0
        self._results: dict[int, Any] = {}

    def __enter__(self) -> _Team[Piece, Result]:
        # what is there now stays where it is: to go through it for garbage would copy it for every process
        gc.freeze()
        for _ in range(self._count):
            self._start()
        return self

    def __exit__(self, *_why: object) -> None:
        for worker in self._workers.values():
            worker.process.kill()
            worker.pipe.close()
        for worker in self._workers.values():
            worker.process.join()
        gc.unfreeze()

    def results(self) -> Iterator[Any]:
        """The results in order."""
        for turn in range(len(self._pieces)):
            while turn not in self._results:
                for worker in self._workers.values():
                    self._give(worker, turn)
                for pipe in wait(list(self._workers)):
                    self._take(self._workers[pipe])  # type: ignore[index]
            yield self._results.pop(turn)

    def _start(self) -> None:
        ours, theirs = self._context.Pipe()
        # a process that kept our ends would never learn that we are gone
        others = [*self._workers, ours]
        process = self._context.Process(
            target=_serve, args=(theirs, others, self._pieces, self._work, self._limits), daemon=True
        )
        process.start()
        theirs.close()
        self._workers[ours] = _Worker(process, ours, [])

    def _give(self, worker: _Worker, turn: int) -> None:
        """More pieces for a process that has none left."""
        end = min(len(self._pieces), self._next + _AT_ONCE, turn + _AHEAD)
        if worker.given or self._next >= end:
            return
        worker.given = list(range(self._next, end))
        self._next = end
        with suppress(OSError):  # of one that is gone we hear when we listen
            worker.pipe.send((worker.given[0], end))

    def _take(self, worker: _Worker) -> None:
        """One result more of a process, or the loss of the piece it ended at; another goes on with its others."""
        try:
            made = worker.pipe.recv()
        except (EOFError, OSError):
            del self._workers[worker.pipe]
            worker.pipe.close()
            worker.process.join()
            self._start()
            if worker.given:
                at, *rest = worker.given
                self._results[at] = _Lost(at)
                self._again(rest)
            return
        at = worker.given.pop(0)
        self._results[at] = _Lost(at) if isinstance(made, _TooLarge) else made

    def _again(self, places: list[int]) -> None:
        """Hands on what an ended process had before it."""
        if not places:
            return
        newest = next(reversed(self._workers.values()))
        newest.given = places
        newest.pipe.send((places[0], places[-1] + 1))


def _serve(
    pipe: Connection, others: list[Connection], pieces: Sequence[Piece], work: Callable[[Piece], Any], limits: Limits,
) -> None:
    """The life of a process: pieces in, results out, until nobody asks any more."""
    for other in others:
        other.close()
    # whoever stops the program stops it as a whole, and we are ended from there
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory(limits.memory)
    with suppress(EOFError, OSError):
        while True:
            start, end = pipe.recv()
            for piece in pieces[start:end]:
                _limit_time(limits.seconds)
                pipe.send(_made(piece, work))


def _made(piece: Piece, work: Callable[[Piece], Any]) -> Any:
    try:
        return work(piece)
    except MemoryError:
        return _TooLarge()
    except Exception as error:
        try:
            ForkingPickler.dumps(error)
        except Exception:
            return _Raised(RuntimeError(type(error).__name__))
        return _Raised(error)


def _limit_memory(more: int) -> None:
    import resource

    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    most = pages * resource.getpagesize() + more
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_time(seconds: int) -> None:
    """From now on: the system ends a process that goes on longer."""
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (until, resource.getrlimit(resource.RLIMIT_CPU)[1]))
