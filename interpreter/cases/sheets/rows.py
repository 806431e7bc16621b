"""The rows of one sheet: which of them count, and what their cells say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from interpreter.cases.masking import stars, without_identities
from interpreter.cases.scalars import Bad, Good, printable
from interpreter.cases.sheets.cells import NO, YES, CellReader
from interpreter.cases.sheets.grid import Row, is_blank
from interpreter.cases.sheets.heads import Column, Use, plain_head
from interpreter.cases.sheets.model import Count
from interpreter.cases.sheets.outline import Leaf, Part, Path
from interpreter.cases.sheets.place import Place
from interpreter.cases.sheets.plan import SheetPlan
from interpreter.cases.sheets.texts import tidied_name
from interpreter.language.types import Boolean, Choice
from interpreter.problems import Problem, Text

_TOTAL = re.compile(
    r"(?:合计|总计|小计|共计|累计|总人数|合计人数|经办|制表|审核|复核|填表|填报|负责人|单位负责人|主管|盖章|(?:备注|说明|注)[:：]|"
    r"(?:sub)?total\b|sum\b|prepared by|checked by|signature)", re.IGNORECASE,
)
_FIRST_CELLS = 3
FILLED = Text("合并单元格，取自其第一格", "a merged cell; taken from its first")
_MARKED = frozenset(YES | {"○", "正常", "已缴", "缴"})


@dataclass(frozen=True, slots=True)
class Finding:
    """What is said of one cell: a note on what was put right (`raw`, `value`), or a refusal."""

    place: Place
    label: str
    rule: Text | None = None
    raw: str = ""
    value: str = ""
    bad: Bad | None = None


class RowData(dict[str, object]):
    """The record of a row, which knows where it stands; `column` where only one column is of it."""

    __slots__ = ("column", "reader", "row")

    def __init__(self, reader: SheetReader, row: int, column: int | None = None) -> None:
        super().__init__()
        self.reader, self.row, self.column = reader, row, column


@dataclass(frozen=True, slots=True)
class _Cell:
    """A column that gives a value: where in the record, and how its cells are read."""

    index: int
    path: Path
    leaf: Leaf
    read: Callable[[object], Good | Bad]


class SheetReader:
    """Reads the rows of a sheet by its plan."""

    def __init__(self, plan: SheetPlan, cells: CellReader) -> None:
        self.plan, self.grid, self.cells = plan, plan.grid, cells
        self._of = {kind: plan.having(kind) for kind in ("own", "join", "inline", "none")}
        self.own = [self._cell(column) for column in self._of["own"]]
        self.joins = {
            id(cell.leaf): cell for column in self._of["join"] for cell in [self._cell(column)]
        }
        self.inline: dict[int, tuple[Part, list[_Cell]]] = {}
        for column in self._of["inline"]:
            part = _part(column.use)
            self.inline.setdefault(id(part), (part, []))[1].append(self._cell(column))
        self.none = [(column, _part(column.use)) for column in self._of["none"]]
        self.claims = next((column.index for column in plan.having("claims")), None)
        self.policy = next((column.index for column in plan.having("policy")), None)
        self.months = [column for column in plan.head.columns if column.month is not None and plan.wide is not None]
        self._index = {cell.path: cell.index for cell in self.own}
        self._keys: list[int] = []
        self._called = [
            column.index for column in plan.having("own", "aside")
            if _part(column.use).outer is None and column.use is not None and column.use.leaf is not None
            and cells.is_name(column.use.leaf.field)
        ]
        self._marks = self._meanings()

    def keyed_by(self, leaves: Sequence[Leaf | None]) -> None:
        """Says which columns tell whose row it is: a row without any of them may be a total or a signature."""
        known = {id(leaf) for leaf in leaves if leaf is not None}
        self._keys = [cell.index for cell in (*self.own, *self.joins.values()) if id(cell.leaf) in known]
        self._keys += [cell.index for cell in self.joins.values() if cell.index not in self._keys]

    def rows(self, count: Count | None = None) -> Iterator[tuple[int, Row]]:
        """The rows of data, numbered from 0; `count` is told of all that are left out."""
        head = self.plan.head
        heads = {column.index: plain_head(column.head.rpartition("/")[2]) for column in head.columns}
        merged = self._merged()
        held: dict[tuple[int, int], object] = {}
        for number, row in enumerate(self.grid.rows()):
            if count is not None:
                count.rows += 1
            if number <= head.last or all(map(is_blank, row)):
                if count is not None:
                    above = "title" if number < head.first else "head"
                    blank = number > head.last or all(map(is_blank, row))
                    count.leave_out("blank" if blank else "title" if above == "title" else "head", number)
                continue
            if number in merged:
                row = self._filled(number, row, merged[number], held)
            if self._is_total(row):
                if count is not None:
                    count.leave_out("total", number)
            elif self._is_head(row, heads):
                if count is not None:
                    count.leave_out("head again", number)
            else:
                if count is not None and number in self.grid.hidden_rows:
                    count.hidden.append(number + 1)
                yield number, row

    def key(self, row: Row, number: int, leaf: Leaf, findings: list[Finding]) -> str | None:
        """The value of a key among the row's columns, in one form; None where it is absent or wrong."""
        cell = self.joins.get(id(leaf)) or next((own for own in self.own if own.leaf is leaf), None)
        if cell is None:
            constant = self.plan.constants.get(leaf.path)
            return None if constant is None else self.cells.canonical(constant, leaf.field)
        value = self._value(row, number, cell, findings)
        return None if value is None else self.cells.canonical(value, leaf.field)

    def raw_key(self, row: Row, leaf: Leaf) -> object:
        """The cell of a key as it stands."""
        cell = self.joins.get(id(leaf)) or next((own for own in self.own if own.leaf is leaf), None)
        return None if cell is None or cell.index >= len(row) else row[cell.index]

    def called(self, row: Row) -> str:
        """The name of the claimant a row is about, "" where it gives none."""
        names = (row[index] for index in self._called if index < len(row))
        return next((tidied_name(name)[0] for name in names if isinstance(name, str) and name.strip()), "")

    def record(self, row: Row, number: int, findings: list[Finding]) -> RowData:
        """The row's own record."""
        data = RowData(self, number)
        for cell in self.own:
            value = self._value(row, number, cell, findings)
            if value is not None:
                put(data, cell.path, value)
        for path, constant in self.plan.constants.items():
            if path not in self._index or is_blank(row[self._index[path]] if self._index[path] < len(row) else ""):
                put(data, path, constant)
        return data

    def inline_items(self, row: Row, number: int, findings: list[Finding]) -> Iterator[tuple[Part, RowData]]:
        """The items of lists that stand in the row beside its own values."""
        for part, cells in self.inline.values():
            item = RowData(self, number)
            for cell in cells:
                value = self._value(row, number, cell, findings)
                if value is not None:
                    put(item, cell.path, value)
            if item:
                yield part, item

    def month_items(self, row: Row, number: int, like: RowData | None, findings: list[Finding]) -> list[RowData]:
        """The items of the wide form: one for each month with a mark, with the row's other values (`like`)."""
        wide = self.plan.wide
        assert wide is not None
        assert wide.month is not None
        items = []
        for column in self.months:
            cell = row[column.index] if column.index < len(row) else ""
            if is_blank(cell):
                continue
            meaning = self._mark(cell)
            if meaning is None:
                shown: dict[str, object] = {"value": printable(str(cell)), "head": column.head}
                findings.append(self._refused(number, column.index, wide.labels[-1], Bad("sheet.mark", shown)))
                continue
            if meaning[0]:
                item = RowData(self, number, column.index)
                if like is not None:
                    item.update(copied(like))
                put(item, wide.month.path, str(column.month))
                for path, value in meaning[1].items():
                    put(item, path, value)
                items.append(item)
        return items

    def says_none(self, row: Row, number: int, findings: list[Finding]) -> Iterator[tuple[Part, bool]]:
        """The lists of which the row says whether they are empty."""
        for column, part in self.none:
            cell = row[column.index] if column.index < len(row) else ""
            word = plain_head(cell)
            if is_blank(cell) or word in ("-", "/"):
                continue
            if word in ("无", "没有", "none", "no", "[]", "0"):
                yield part, True
            elif word in ("有", "见表", "yes", "some"):
                yield part, False
            else:
                bad = Bad("sheet.none-word", {"value": printable(str(cell))})
                findings.append(self._refused(number, column.index, part.labels[-1], bad))

    def place(self, number: int, path: Path = (), column: int | None = None) -> Place:
        """The place of a fact in a row: its cell, or the row where it has none."""
        return self.grid.place(number, self._index.get(path, column))

    def _cell(self, column: Column) -> _Cell:
        assert column.use is not None
        assert column.use.leaf is not None
        leaf = column.use.leaf
        return _Cell(column.index, leaf.path, leaf, self.cells.reader(leaf.field, self.grid.epoch))

    def _value(self, row: Row, number: int, cell: _Cell, findings: list[Finding]) -> object:
        index = cell.index
        raw = row[index] if index < len(row) else ""
        if self.grid.faults and (number, index) in self.grid.faults:
            bad = Bad(self.grid.faults[number, index])
            findings.append(self._refused(number, index, cell.leaf.labels[-1], bad))
            return None
        if raw == "":
            return None
        read = cell.read(raw)
        if isinstance(read, Bad):
            findings.append(self._refused(number, index, cell.leaf.labels[-1], read))
            return None
        if read.notes:
            field = cell.leaf.field
            shown = stars if field.private else without_identities
            for note in read.notes:
                value = "" if read.value is None else shown(printable(str(read.value)))
                findings.append(Finding(
                    self.grid.place(number, index), cell.leaf.labels[-1], note, shown(printable(str(raw))), value
                ))
        return read.value

    def _refused(self, number: int, index: int, label: str, bad: Bad) -> Finding:
        return Finding(self.grid.place(number, index), label, bad=bad)

    def _mark(self, cell: object) -> tuple[bool, dict[Path, object]] | None:
        """Whether a mark says that there is a row, and what more it says; None where it says nothing known."""
        if isinstance(cell, bool):
            return cell, {}
        if isinstance(cell, float) and cell.is_integer():
            cell = int(cell)
        word = plain_head(cell)
        if word in self._marks:
            return True, self._marks[word]
        if word in NO or word in ("-", "/"):
            return False, {}
        return (True, {}) if word in _MARKED else None

    def _meanings(self) -> dict[str, dict[Path, object]]:
        """Marks by the vocabulary's own words: a yes-or-no fact of the row, or one of its choices; and by the plan."""
        wide = self.plan.wide
        found: dict[str, dict[Path, object]] = {}
        if wide is not None:
            for leaf in wide.leaves.values():
                match leaf.field.type:
                    case Boolean():
                        found[plain_head(leaf.labels[-1])] = {leaf.path: True}
                    case Choice(members=members):
                        for member, label in members:
                            for word in (member, label):
                                found.setdefault(plain_head(word), {leaf.path: member})
        for mark, meaning in self.plan.marks.items():
            found[plain_head(mark)] = dict(meaning)
        return found

    def _merged(self) -> dict[int, list[tuple[int, int]]]:
        """By row, the columns whose cell is part of one that begins above, with the row where it does."""
        found: dict[int, list[tuple[int, int]]] = {}
        for first_row, first, last_row, _last in self.grid.merged:
            if first_row > self.plan.head.last and last_row > first_row:
                for number in range(first_row, last_row + 1):
                    found.setdefault(number, []).append((first_row, first))
        return found

    @staticmethod
    def _filled(number: int, row: Row, cells: list[tuple[int, int]], held: dict[tuple[int, int], object]) -> Row:
        filled = list(row)
        for first_row, column in cells:
            if column >= len(filled):
                continue
            if number == first_row:
                held[first_row, column] = filled[column]
            elif is_blank(filled[column]):
                filled[column] = held.get((first_row, column), "")
        return filled

    def _is_total(self, row: Row) -> bool:
        keys = [row[index] for index in self._keys if index < len(row) and not is_blank(row[index])]
        if keys:
            return all(isinstance(key, str) and _TOTAL.match("".join(key.split())) for key in keys)
        firsts = [cell for cell in row if not is_blank(cell)][:_FIRST_CELLS]
        return any(isinstance(cell, str) and _TOTAL.match("".join(cell.split())) for cell in firsts)

    @staticmethod
    def _is_head(row: Row, heads: dict[int, str]) -> bool:
        said = 0
        for index, cell in enumerate(row):
            if not is_blank(cell):
                # the first cell that is no head settles it
                if not isinstance(cell, str) or heads.get(index) != plain_head(cell):
                    return False
                said += 1
        return said > 1


def put(data: dict[str, object], path: Path, value: object) -> None:
    """Puts a value at a path of records, which are made where they are missing."""
    *outer, last = path
    for name in outer:
        held = data.get(name)
        if not isinstance(held, dict):
            held = data[name] = {}
        data = held
    data[last] = value


def copied(data: dict[str, object]) -> dict[str, object]:
    """A copy of the data, records in it included."""
    return {name: copied(value) if isinstance(value, dict) else value for name, value in data.items()}


def _part(use: Use | None) -> Part:
    assert use is not None
    assert use.part is not None
    return use.part


def refusal(finding: Finding) -> Problem:
    """The problem of a refused cell, with its place in the reader's words."""
    assert finding.bad is not None
    where = finding.place.text
    path = Text(f"{where.zh} {finding.label}", f"{where.en} {finding.label}")
    return Problem(finding.bad.code, None, finding.bad.fields, path=path)
