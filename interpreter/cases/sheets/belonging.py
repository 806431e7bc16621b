"""Which case each row belongs to, by the case's number or the key of its person; and rows that belong to none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from interpreter.cases.scalars import Bad
from interpreter.cases.sheets.grid import Row
from interpreter.cases.sheets.model import Count
from interpreter.cases.sheets.outline import Leaf, Part
from interpreter.cases.sheets.plan import Plan
from interpreter.cases.sheets.rows import Finding, SheetReader
from interpreter.language.types import TextType

_LONG = 15
"""Keys from this length on are numbers that people mistype; shorter ones are alike without meaning the same."""
_PIECES = 3
_MOST_WRONG = 2
_GREATEST = 10**30
_REFUSED, _USED = 1, 2


@dataclass(slots=True)
class Group:
    """The rows of one case: its number and its owner's key and name, "" where they are not given; how many rows it has;
    rows elsewhere that are perhaps its own but cannot be joined; what was put right in the keys of those that can."""

    number: str = ""
    owner: str = ""
    name: str = ""
    rows: int = 0
    lost: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)

    @property
    def id(self) -> str:
        return self.number or self.owner


class Belonging:
    """The cases by their keys, found in a first pass over the sheets of cases."""

    def __init__(self, plan: Plan) -> None:
        self.number, self.owner = plan.outline.number, plan.outline.owner
        self.groups: dict[str, Group] = {}
        self.by_owner: dict[str, list[Group]] = {}
        self._pieces: dict[tuple[int, str], list[str]] | None = None
        self._digits: dict[int, list[str]] | None = None

    def of_case_row(self, reader: SheetReader, row: Row, number: int) -> Group | None:
        """The group of a row of the cases, None where it has no key that can be read."""
        own = self._key(reader, row, number, self.number)
        if not own and self._numbers(reader):
            return None
        return self.groups.get(own or self._key(reader, row, number, self.owner) or "")

    def add(self, reader: SheetReader, row: Row, number: int) -> bool:
        """Notes the keys of a row of the cases; False where it has none that can be read."""
        own = self._key(reader, row, number, self.number)
        owner = self._key(reader, row, number, self.owner)
        if not own and (not owner or self._numbers(reader)):
            return False
        group = self.groups.setdefault(own or owner or "", Group(own or ""))
        group.rows += 1
        if owner and not group.owner:
            group.owner, group.name = owner, reader.called(row)
            self.by_owner.setdefault(owner, []).append(group)
        return True

    def of_item_row(
        self, reader: SheetReader, row: Row, number: int, part: Part, findings: list[Finding]
    ) -> list[Group]:
        """The groups a row of a list belongs to (several where a person has several cases); none, with a finding,
        where it cannot be joined. The finding has no refusal where the row is about somebody who has no case."""
        place = reader.place(number)
        said: list[Finding] = []
        own = reader.key(row, number, self.number, said) if self.number is not None else None
        leaf = part.chain()[0].key
        owner = reader.key(row, number, leaf, said) if leaf is not None else None
        groups: list[Group] = []
        if own:
            groups = [self.groups[own]] if own in self.groups else []
            if groups and owner and groups[0].owner and groups[0].owner != owner:
                findings.append(Finding(place, part.labels[-1], bad=Bad("sheet.join-differs", {"case": own})))
                groups[0].lost.append(findings[-1])
                return []
        elif owner:
            groups = self.by_owner.get(owner, [])
        if groups and not any(found.bad for found in said):
            for group in groups if said else ():
                group.notes += said
            return groups
        wrong = [found for found in said if found.bad is not None]
        alike = self._alike(reader.raw_key(row, leaf), reader.called(row)) if wrong and leaf is not None else []
        if not wrong and not own and owner and _has_check(leaf):
            # a register of everybody may well be longer than the list of cases
            findings.append(Finding(place, ""))
            return []
        if not wrong:
            wrong = [Finding(place, part.labels[-1], bad=Bad("sheet.no-case" if own or owner else "sheet.no-key"))]
        findings += wrong
        for group in groups or self.by_owner.get(owner or "") or alike:
            group.lost.append(Finding(place, part.labels[-1]))
        return []

    def shared(self) -> Iterator[list[Group]]:
        """The cases of persons that have several."""
        return (groups for groups in self.by_owner.values() if len(groups) > 1)

    def _numbers(self, reader: SheetReader) -> bool:
        """Whether a sheet gives the cases their numbers, so that one without is not known by any."""
        return self.number is not None and any(cell.leaf is self.number for cell in reader.own)

    @staticmethod
    def _key(reader: SheetReader, row: Row, number: int, leaf: Leaf | None) -> str | None:
        return None if leaf is None else reader.key(row, number, leaf, [])

    def _alike(self, raw: object, name: str) -> list[Group]:
        """The groups whose long key is nearest to what a cell has, which a slip of the hand or a spreadsheet's rounding
        may have made of it; where several are, those called by the row's name, if any is."""
        if isinstance(raw, int | float) and not isinstance(raw, bool):
            digits = format(int(raw), "d") if abs(raw) < _GREATEST else ""
            if len(digits) < _LONG:
                return []
            near = int(digits[:_LONG])
            found = [owner for kept in (near - 1, near, near + 1) for owner in self._of_digits().get(kept, ())
                     if len(owner) == len(digits)]
        else:
            word = "".join(str(raw or "").split()).upper()
            if len(word) < _LONG:
                return []
            pieces = self._of_pieces()
            wrong = {
                owner: sum(a != b for a, b in zip(owner, word, strict=False))
                for piece in _cut(word) for owner in pieces.get(piece, ())
            }
            least = min(wrong.values(), default=_MOST_WRONG + 1)
            found = [owner for owner, count in wrong.items() if count == least <= _MOST_WRONG]
        groups = [group for owner in found for group in self.by_owner[owner]]
        return [group for group in groups if name and group.name == name] or groups

    def _of_digits(self) -> dict[int, list[str]]:
        """Keys by the first fifteen of their digits, which are what a spreadsheet keeps, but for rounding."""
        if self._digits is None:
            self._digits = {}
            for owner in self.by_owner:
                if len(owner) >= _LONG and owner[:_LONG].isdecimal():
                    self._digits.setdefault(int(owner[:_LONG]), []).append(owner)
        return self._digits

    def _of_pieces(self) -> dict[tuple[int, str], list[str]]:
        """Keys by their thirds: two that differ in two characters have at least one third in common."""
        if self._pieces is None:
            self._pieces = {}
            for owner in self.by_owner:
                if len(owner) >= _LONG:
                    for piece in _cut(owner):
                        self._pieces.setdefault(piece, []).append(owner)
        return self._pieces


def _has_check(leaf: Leaf | None) -> bool:
    """Whether a key is a number with a check digit, so that a good one that is not known is another person's."""
    return leaf is not None and isinstance(leaf.field.type, TextType) and leaf.field.type.format is not None


def _cut(word: str) -> Iterator[tuple[int, str]]:
    third = -(-len(word) // _PIECES)
    for start in range(0, len(word), third):
        yield start, word[start : start + third]


class ItemRows:
    """The rows of the sheet of one list, by the case they belong to; and what became of each."""

    def __init__(self, reader: SheetReader, part: Part, belonging: Belonging, findings: list[Finding]) -> None:
        self.reader, self.part = reader, part
        self.count = Count(reader.grid.place())
        self._by_case: dict[str, list[tuple[int, Row]]] = {}
        self._state = bytearray()
        for number, row in reader.rows(self.count):
            found: list[Finding] = []
            groups = belonging.of_item_row(reader, row, number, part, found)
            if any(finding.bad for finding in found) and not groups:
                self.count.refused += 1
            elif not groups:
                self.count.leave_out("nobody", number)
            findings += found
            for group in groups:
                self._by_case.setdefault(group.id, []).append((number, row))

    def of(self, group: Group) -> list[tuple[int, Row]]:
        """The rows of a case, with their numbers from 0."""
        return self._by_case.get(group.id, [])

    def settle(self, group: Group, *, used: bool) -> None:
        """Says what became of the rows of a case."""
        for number, _ in self.of(group):
            if number >= len(self._state):
                self._state.extend(bytes(number + 1 - len(self._state)))
            self._state[number] = max(self._state[number], _USED if used else _REFUSED)

    def counted(self) -> Count:
        """What became of all rows, once every case is settled."""
        self.count.used = self._state.count(_USED)
        self.count.refused += self._state.count(_REFUSED)
        return self.count
