"""The intake workbook: sheets to fill in, made from the vocabulary, which are read back without a mapping."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from interpreter.cases.form import comment
from interpreter.cases.sheets.heads import Use, Words
from interpreter.cases.sheets.outline import Leaf, Outline, Part, Path, outlines
from interpreter.cases.sheets.place import letters
from interpreter.cases.words import rows_named
from interpreter.language.types import Boolean, Choice, List, Number, RecordType
from interpreter.language.values import Record
from interpreter.problems import Language, Text
from interpreter.rulebook.model import Rulebook

_CREATED = datetime(1980, 1, 1)
_ROWS = 5_000
"""How far down a form has its drop-downs and formats."""
_LONGEST_NAME = 31
_MOST_WORDS = 3_000
_YES, _NONE = (Text("是", "yes"), Text("否", "no")), (Text("无", "none"), Text("有", "some"))
_CLAIMS = Text("申请事项", "claims")
_NOTES, _CHOICES = Text("填写说明", "notes"), Text("选项", "choices")
_NOTES_HEAD = Text("工作表\t列\t怎样填", "sheet\tcolumn\thow it is filled in")
_INTRO = (
    Text(
        "“{cases}”一行一个案件；其余各表一行一项，凭编号与案件对上。",
        'In "{cases}" a row is a case; in the others an item, joined by its key.',
    ),
    Text("空着即不知道，不等于没有。某个列表一项也没有，在“{cases}”里那一列选“无”。",
         'Empty means not known, which is not none. Where a list has no item, choose none in its column of "{cases}".'),
    Text("证件号码、编号和日期都是文本，不要改成数字；日期写 2021-03-15，月份写 2021-03。",
         "Numbers of documents and days are text; leave them so. Days are 2021-03-15, months 2021-03."),
)
_LIST_FLAG = Text("“无”即一项也没有；“有”即在“{sheet}”表里；空着即不知道",
                  'none; some, in the sheet "{sheet}"; empty where it is not known')
_ONE_OF_SEVERAL = Text("几项之间用“、”分开", "several are separated by 、 or ;")


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of the form: its head, its use, and the words to choose from."""

    head: str
    use: Use
    words: tuple[str, ...] = ()


def has_form(rulebook: Rulebook, claimant: str) -> bool:
    """Whether there is a claimant or bearer of that name."""
    return claimant in rulebook.claimants or claimant in rulebook.bearers


def workbook_form(
    rulebook: Rulebook, claimant: str, language: Language, cases: Iterable[Mapping[str, Any]] = ()
) -> bytes:
    """The bytes of an .xlsx for cases of one claimant (or bearer): a sheet for the cases, one for each list, one of
    words to choose from, one of notes. `cases` are filled in, as case files write them."""
    one = rulebook.claimants.get(claimant) or rulebook.bearers[claimant]
    outline = next(outline for outline in outlines(rulebook) if outline.fact == one.fact)
    held = io.BytesIO()
    book = Workbook(held, {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    book.set_properties({"created": _CREATED})
    writer = _Form(book, rulebook, outline, language)
    for part in outline.parts():
        writer.sheet(part)
    writer.choices()
    writer.notes()
    for case in cases:
        writer.fill(case)
    book.close()
    return held.getvalue()


class _Form:
    """One workbook being made."""

    def __init__(self, book: Workbook, rulebook: Rulebook, outline: Outline, language: Language) -> None:
        self.book, self.rulebook, self.outline, self.language = book, rulebook, outline, language
        self.text, self.head = book.add_format({"num_format": "@"}), book.add_format({"bold": True, "num_format": "@"})
        self.names: dict[int, str] = {}
        self.sheets: dict[int, tuple[Worksheet, list[_Column]]] = {}
        self.next_row: dict[int, int] = {}
        self.lists: dict[tuple[str, ...], int] = {}
        for part in outline.parts():
            self.names[id(part)] = self._name(part)

    def sheet(self, part: Part) -> None:
        """The sheet of one part, empty, its drop-downs in place."""
        sheet = self.book.add_worksheet(self.names[id(part)])
        columns = list(self._columns(part))
        self.sheets[id(part)], self.next_row[id(part)] = (sheet, columns), 1
        sheet.freeze_panes(1, 0)
        for index, column in enumerate(columns):
            leaf = column.use.leaf
            number = leaf is not None and isinstance(leaf.field.type, Number) and column.use.kind == "own"
            sheet.set_column(index, index, max(12, 2 * len(column.head) + 2), None if number else self.text)
            sheet.write_string(0, index, column.head, self.head)
            if column.words:
                at = self.lists.setdefault(column.words, len(self.lists))
                source = f"='{self.choices_name}'!${letters(at)}$2:${letters(at)}${len(column.words) + 1}"
                sheet.data_validation(1, index, _ROWS, index, {"validate": "list", "source": source})

    @property
    def choices_name(self) -> str:
        return _CHOICES.to(self.language)

    def choices(self) -> None:
        """The sheet with the words of all drop-downs, a column each."""
        sheet = self.book.add_worksheet(self.choices_name)
        for words, at in self.lists.items():
            sheet.set_column(at, at, 18, self.text)
            for row, word in enumerate(words, 1):
                sheet.write_string(row, at, word)

    def notes(self) -> None:
        """The sheet that says how everything is filled in."""
        sheet = self.book.add_worksheet(_NOTES.to(self.language))
        cases = self.names[id(self.outline.case)]
        row = 0
        for text in _INTRO:
            sheet.write_string(row, 0, text.to(self.language).format(cases=cases))
            row += 1
        for at, word in enumerate(_NOTES_HEAD.to(self.language).split("\t")):
            sheet.write_string(row + 1, at, word, self.head)
        row += 2
        for at, wide in enumerate((24, 28, 80)):
            sheet.set_column(at, at, wide, self.text)
        for part in self.outline.parts():
            for column in self.sheets[id(part)][1]:
                sheet.write_string(row, 0, self.names[id(part)])
                sheet.write_string(row, 1, column.head)
                sheet.write_string(row, 2, self._note(column))
                row += 1

    def fill(self, case: Mapping[str, Any]) -> None:
        """Writes a case into the sheets."""
        leaves = (self.outline.number, self.outline.owner)
        keys = {id(leaf): _at(case, leaf.path) for leaf in leaves if leaf is not None}
        self._row(self.outline.case, case, keys, case)
        self._items(self.outline.case, case, keys)

    def _items(self, part: Part, record: Mapping[str, Any], keys: Mapping[int, Any]) -> None:
        for path, listed in part.lists.items():
            for item in _at(record, path) or ():
                inner = dict(keys)
                for deeper in listed.lists.values():
                    if deeper.key is not None:
                        inner[id(deeper.key)] = _at(item, deeper.key.path)
                self._row(listed, item, keys, {})
                self._items(listed, item, inner)

    def _row(self, part: Part, record: Mapping[str, Any], keys: Mapping[int, Any], case: Mapping[str, Any]) -> None:
        sheet, columns = self.sheets[id(part)]
        row = self.next_row[id(part)]
        self.next_row[id(part)] = row + 1
        for index, column in enumerate(columns):
            use = column.use
            match use.kind:
                case "claims":
                    value: Any = "、".join(case.get("claims") or ())
                case "none":
                    assert use.part is not None
                    held = _at(record, use.part.inner)
                    value = None if held is None else _NONE[bool(held)].to(self.language)
                case "join":
                    value = keys.get(id(use.leaf))
                case _:
                    value = _at(record, use.leaf.path) if use.leaf is not None else None
            self._cell(sheet, row, index, value)

    def _cell(self, sheet: Worksheet, row: int, index: int, value: Any) -> None:
        match value:
            case None | "":
                return
            case bool():
                sheet.write_string(row, index, _YES[not value].to(self.language), self.text)
            case list():
                words = "、".join(str(item) for item in value)
                sheet.write_string(row, index, words or _NONE[0].to("zh"), self.text)
            case int():
                sheet.write_number(row, index, value)
            case _:
                sheet.write_string(row, index, str(value), self.text)

    def _columns(self, part: Part) -> Iterator[_Column]:
        words = Words(self.outline, part)
        if part.outer is None:
            yield _Column(_CLAIMS.to(self.language), Use("claims"))
        for use in (*self._joins(part), *(Use("own", part, leaf) for leaf in part.leaves.values())):
            yield _Column(words.word_for(use), use, () if use.kind == "join" else self._words(use.leaf))
        for listed in part.lists.values():
            use = Use("none", listed)
            yield _Column(words.word_for(use), use, tuple(text.to(self.language) for text in _NONE))

    def _joins(self, part: Part) -> Iterator[Use]:
        """What tells whose row it is: the case, and each list on the way."""
        if part.outer is None:
            return
        chain = part.chain()
        if self.outline.number is not None:
            yield Use("join", self.outline.case, self.outline.number)
        elif chain[0].key is not None:
            yield Use("join", self.outline.case, chain[0].key)
        for one in chain[1:]:
            if one.key is not None:
                yield Use("join", one.outer, one.key)

    def _words(self, leaf: Leaf | None) -> tuple[str, ...]:
        """The words to choose from, none where there is no choice."""
        match leaf.field.type if leaf is not None else None:
            case Boolean():
                return tuple(text.to(self.language) for text in _YES)
            case Choice(members=members):
                return tuple(label for _, label in members)
            case RecordType(table=str()) as type:
                table = self.rulebook.tables.get(type.table or "")
                rows = {str(row.key): row for row in table.rows} if table is not None else {}
                return tuple(self._called(row, type) for row in rows.values())[:_MOST_WORDS]
        return ()

    def _called(self, row: Record, type: RecordType) -> str:
        """The word for a row of a table that people know best: a name that no other row has, else its key."""
        for column in type.also_known_as:
            word = row.fields.get(column)
            if isinstance(word, str) and word and len(rows_named(self.rulebook, type, word)) == 1:
                return word
        return str(row.key)

    def _note(self, column: _Column) -> str:
        use = column.use
        if use.kind == "none" and use.part is not None:
            return _LIST_FLAG.to(self.language).format(sheet=self.names[id(use.part)])
        if use.leaf is None:
            names = [
                one.title for one in self.rulebook.measures.values()
                if self.rulebook.claimants[one.claimant].fact == self.outline.fact
            ]
            return f"{_ONE_OF_SEVERAL.to(self.language)}: {'、'.join(names)}"
        note = comment(use.leaf.field, self.language)
        several = isinstance(use.leaf.field.type, List)
        return f"{note}; {_ONE_OF_SEVERAL.to(self.language)}" if several else note

    def _name(self, part: Part) -> str:
        """The name of a part's sheet: by its labels, as few of them as tell it from others."""
        if part.outer is None:
            return _allowed(self.rulebook.facts[self.outline.fact].label)
        taken = set(self.names.values())
        for words in (part.labels, part.path):
            for length in range(1, len(words) + 1):
                name = _allowed("·".join(words[-length:]))
                if name not in taken and len("·".join(words[-length:])) <= _LONGEST_NAME and self._is_plain(
                    part, words[-length:]
                ):
                    return name
        return f"{len(taken) + 1}"

    def _is_plain(self, part: Part, words: Path) -> bool:
        """Whether the words mean this list and no other."""
        return not any(
            other is not part and words in (other.labels[-len(words) :], other.path[-len(words) :])
            for other in self.outline.parts() if other.outer is not None
        )


def _allowed(name: str) -> str:
    """The name without what no sheet may be called by."""
    return "".join(c if c not in "[]:*?/\\'" else " " for c in name)[:_LONGEST_NAME].strip() or "1"


def _at(record: Mapping[str, Any], path: Sequence[str]) -> Any:
    value: Any = record
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value
