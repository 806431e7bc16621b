"""Very many cases decided by all processors, in little memory: decisions wait in a file until they are asked for."""

from __future__ import annotations

import io
import os
import pickle
import tempfile
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO, Generic, TypeVar, overload

from interpreter.decision.decide import decide_batch
from interpreter.decision.rivals import Stand, decided_alone, together
from interpreter.letters.mailing.workers import Limits, done_in_order, processors

if TYPE_CHECKING:
    from interpreter.cases.facts import Case
    from interpreter.decision.model import Decision
    from interpreter.jobs.cases import Asked, Decided
    from interpreter.problems import Problem

Brought = TypeVar("Brought")

_LIMITS = Limits(seconds=600)


@dataclass(eq=False)
class Kept(Sequence["Decided"]):
    """Decided cases in the order they came, each read from a file when it is asked for."""

    _asked: Sequence[Asked]
    _file: BinaryIO = field(default_factory=tempfile.TemporaryFile)
    _end: int = 0
    _places: dict[int, tuple[int, int, int, int]] = field(default_factory=dict)
    _order: array[int] = field(default_factory=partial(array, "Q"))

    def __post_init__(self) -> None:
        self._shared = _shared(one.book for one in self._asked)

    def __len__(self) -> int:
        return len(self._order)

    @overload
    def __getitem__(self, at: int) -> Decided: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Decided]: ...
    def __getitem__(self, at: int | slice) -> Decided | Sequence[Decided]:
        from interpreter.jobs.cases import Decided

        if isinstance(at, slice):
            return [self[place] for place in range(*at.indices(len(self)))]
        whose, start, case, decision = self._places[self._order[at]]
        return Decided(self._asked[whose], self._read(start, case), self._read(start + case, decision))

    def decisions(self) -> Iterator[tuple[Asked, Decision]]:
        """The decisions without their cases."""
        for place in self._order:
            whose, start, case, decision = self._places[place]
            yield self._asked[whose], self._read(start + case, decision)

    def written(self, case: Case, decision: Decision) -> tuple[bytes, bytes]:
        """A decided case as it is kept; what the rulebook has of it is only named."""
        return self._shared.written(case), self._shared.written(decision)

    def put(self, place: int, whose: int, written: tuple[bytes, bytes]) -> None:
        """Keeps a decided case, in place of one that was kept there before."""
        if place not in self._places:
            self._order.append(place)
        case, decision = written
        self._places[place] = whose, self._end, len(case), len(decision)
        self._file.write(case + decision)
        self._file.flush()
        self._end += len(case) + len(decision)

    def _read(self, start: int, length: int) -> Any:
        return self._shared.read(os.pread(self._file.fileno(), length, start))


@dataclass(slots=True)
class Deciding(Generic[Brought]):
    """Decides what is `brought`, each a case of one of `asked` (`whose` says by its place, which) that `read` reads or
    says what is wrong with; by so many processes. `progress` is told how many are done, of how many."""

    brought: Sequence[Brought]
    whose: Sequence[int]
    asked: Sequence[Asked]
    read: Callable[[Asked, Brought, list[Problem]], Case | None]
    workers: int | None = None
    progress: Callable[[int, int], None] = lambda _done, _of: None
    _kept: Kept = field(init=False)

    def decided(self, problems: list[Problem]) -> Kept:
        """All that can be decided, those that meet under a limit together; what is wrong with the others."""
        self._kept = Kept(self.asked)
        places = range(len(self.brought))
        stands: list[frozenset[Stand]] = []
        with closing(self._shared_out(places, self._alone)) as made:
            for place, (written, its, wrong) in enumerate(made):
                problems += wrong
                stands.append(its)
                if written is not None:
                    self._kept.put(place, self.whose[place], written)
                self.progress(place + 1, len(places))
        groups = [group for whose in range(len(self.asked)) for group in self._meeting(whose, stands)]
        done, of = len(places), len(places) + sum(map(len, groups))
        with closing(self._shared_out(groups, self._group)) as remade:
            for group, found in zip(groups, remade, strict=True):
                for place, written in zip(group, found, strict=True):
                    self._kept.put(place, self.whose[place], written)
                done += len(group)
                self.progress(done, of)
        return self._kept

    def _shared_out(self, pieces: Sequence[Any], work: Callable[[Any], Any]) -> Any:
        workers = processors() if self.workers is None else self.workers
        # what a process could not do is tried here, as it would be without processes
        return done_in_order(pieces, work, work, workers=workers if pieces else 0, limits=_LIMITS)

    def _meeting(self, whose: int, stands: Sequence[frozenset[Stand]]) -> list[list[int]]:
        nowhere: frozenset[Stand] = frozenset()
        return together([its if of == whose else nowhere for its, of in zip(stands, self.whose, strict=True)])

    def _alone(self, place: int) -> tuple[tuple[bytes, bytes] | None, frozenset[Stand], list[Problem]]:
        problems: list[Problem] = []
        asked = self.asked[self.whose[place]]
        case = self.read(asked, self.brought[place], problems)
        if case is None:
            return None, frozenset(), problems
        decision, stands = decided_alone(asked.book, case, asked.earlier)
        return self._kept.written(case, decision), stands, problems

    def _group(self, group: list[int]) -> list[tuple[bytes, bytes]]:
        asked = self.asked[self.whose[group[0]]]
        read = partial(self.read, asked)
        cases = [case for place in group if (case := read(self.brought[place], [])) is not None]
        decisions = decide_batch(asked.book, cases, asked.earlier)
        return [self._kept.written(*pair) for pair in zip(cases, decisions, strict=True)]


class _Shared:
    """Writes values so that objects which every process has already are only named, by their number among these."""

    def __init__(self, objects: list[object]) -> None:
        self._objects = objects
        self._numbers = {id(one): number for number, one in enumerate(objects)}

    def written(self, value: object) -> bytes:
        file = io.BytesIO()
        pickler = _Pickler(file, pickle.HIGHEST_PROTOCOL)
        pickler.numbers = self._numbers
        pickler.dump(value)
        return file.getvalue()

    def read(self, written: bytes) -> Any:
        unpickler = _Unpickler(io.BytesIO(written))
        unpickler.objects = self._objects
        return unpickler.load()


class _Pickler(pickle.Pickler):
    numbers: dict[int, int]

    def persistent_id(self, one: object) -> int | None:
        return self.numbers.get(id(one))


class _Unpickler(pickle.Unpickler):
    objects: list[object]

    def persistent_load(self, number: int) -> object:
        return self.objects[number]


def _shared(books: Iterable[object]) -> _Shared:
    """What never changes of that which rulebooks are made of."""
    found: dict[int, object] = {}
    seen: set[int] = set()
    left: list[Any] = list(books)
    while left:
        one = left.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        made = getattr(type(one), "__dataclass_params__", None)
        if isinstance(one, tuple | list):
            left += one
        elif isinstance(one, dict):
            left += [*one.keys(), *one.values()]
        elif made is not None:
            left += [getattr(one, name) for name in type(one).__dataclass_fields__]
        if isinstance(one, tuple) or (made is not None and made.frozen):
            found[id(one)] = one
    return _Shared(list(found.values()))
