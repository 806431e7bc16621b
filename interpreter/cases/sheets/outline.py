"""A vocabulary as sheets see it: parts of a case that rows can be about, each with its columns and what joins it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from interpreter.cases.words import roots
from interpreter.language.types import Field, List, MonthType, RecordType, TextType, Type
from interpreter.rulebook.model import Rulebook

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Leaf:
    """A value of its own: its way from the record of a row, in ids and in labels, and its field."""

    path: Path
    labels: tuple[str, ...]
    field: Field


@dataclass(slots=True, eq=False)
class Part:
    """What the rows of a sheet may be about: the case itself (`path` empty) or a list in it.

    `path` and `labels` lead from the case; `inner` is the way from the record of `outer` to the list. `leaves` are
    the columns its rows may have, `lists` and `records` stand by their way from the record of a row. `key` is the
    leaf of `outer` that says whose rows they are, None where only their case does.
    """

    path: Path
    labels: tuple[str, ...]
    leaves: dict[Path, Leaf] = field(default_factory=dict)
    lists: dict[Path, Part] = field(default_factory=dict)
    records: dict[Path, RecordType] = field(default_factory=dict)
    outer: Part | None = None
    inner: Path = ()
    key: Leaf | None = None

    @property
    def dotted(self) -> str:
        return ".".join(self.path)

    @property
    def month(self) -> Leaf | None:
        """The one month that its rows have; None where they have none or several."""
        months = [leaf for leaf in self.leaves.values() if isinstance(leaf.field.type, MonthType)]
        return months[0] if len(months) == 1 else None

    def chain(self) -> list[Part]:
        """The parts on the way from the case to this one, the case left out."""
        return [*self.outer.chain(), self] if self.outer is not None else []


@dataclass(frozen=True, slots=True)
class Outline:
    """The case as sheets of one claimant (or bearer) see it. `number` is the leaf of the case number, `owner` that of
    the key of the claimant's record; None where there is none."""

    fact: str
    case: Part
    number: Leaf | None
    owner: Leaf | None

    def parts(self) -> Iterator[Part]:
        """The case and every list in it, outer ones first."""
        yield from _parts(self.case)


def outlines(rulebook: Rulebook) -> list[Outline]:
    """One outline for every fact that is a claimant's or bearer's record, in the order of the policy."""
    who = dict.fromkeys(one.fact for one in (*rulebook.claimants.values(), *rulebook.bearers.values()))
    found = []
    for fact in who:
        others = who.keys() - {fact}
        case = Part((), ())
        for root in roots(rulebook):
            if root.name not in others:
                _add(case, Field(root.name, root.label, root.type), (), ())
        number = None
        if rulebook.order:
            number = case.leaves.get(tuple(rulebook.order[-1].text.strip().split(".")))
        if number is not None and not isinstance(number.field.type, TextType):
            number = None
        for part in _parts(case):
            if part.outer is not None:
                part.key = _key(part.outer, part.inner)
        found.append(Outline(fact, case, number, _key_leaf(case, (fact,))))
    return found


def plain_path(path: Path, case: Part) -> Leaf | None:
    """The leaf at a path from the case, within lists too."""
    for part in _parts(case):
        rest = path[len(part.path) :]
        if path[: len(part.path)] == part.path and rest in part.leaves:
            return part.leaves[rest]
    return None


def part_at(case: Part, path: Path) -> Part | None:
    """The list at a path from the case."""
    return next((part for part in _parts(case) if part.path == path), None)


def _parts(part: Part) -> Iterator[Part]:
    yield part
    for inner in part.lists.values():
        yield from _parts(inner)


def _add(part: Part, of: Field, path: Path, labels: tuple[str, ...]) -> None:
    path, labels = (*path, of.name), (*labels, of.label)
    match of.type:
        case RecordType(table=None, fields=fields) as record:
            part.records[path] = record
            for inner in fields.values():
                _add(part, inner, path, labels)
        case List(item=RecordType(table=None) as item):
            listed = Part((*part.path, *path), (*part.labels, *labels), outer=part, inner=path)
            listed.records[()] = item
            part.lists[path] = listed
            for inner in item.fields.values():
                _add(listed, inner, (), ())
        case _:
            part.leaves[path] = Leaf(path, labels, of)


def _key(part: Part, path: Path) -> Leaf | None:
    """The leaf that says whose list stands at a path: the key of the nearest record around it."""
    for length in range(len(path) - 1, -1, -1):
        found = _key_leaf(part, path[:length])
        if found is not None:
            return found
    return None


def _key_leaf(part: Part, path: Path) -> Leaf | None:
    """The leaf that the record at a path stands for."""
    type: Type | None = part.records.get(path)
    while isinstance(type, RecordType) and type.table is None:
        if type.key is None:
            return None
        path, type = (*path, type.key), type.fields[type.key].type
    return part.leaves.get(path)
