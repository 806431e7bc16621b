"""What was understood of an office's files, as a clerk reads it: sheets, columns, what was put right, refused, left
out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from interpreter.cases.masking import stars, without_identities
from interpreter.cases.scalars import printable
from interpreter.cases.sheets.cells import NOTHING
from interpreter.cases.sheets.grid import is_blank
from interpreter.cases.sheets.heads import Column
from interpreter.cases.sheets.model import Count, OfficeRead, Reason, Reject
from interpreter.cases.sheets.place import Place, letters
from interpreter.cases.sheets.plan import Plan, SheetPlan
from interpreter.cases.sheets.tally import Tally, column_place
from interpreter.problems import Language, Problem, Text
from interpreter.problems.cells import clip, fit, width
from interpreter.problems.render import render_all

REASONS: dict[Reason, Text] = {
    "title": Text("表头以上", "above the head"), "head": Text("表头", "head"),
    "head again": Text("重复的表头", "head again"),
    "blank": Text("空行", "blank"), "total": Text("合计或经办人", "totals or signatures"),
    "twice": Text("重复的行", "written again"), "nobody": Text("不在案件表里的人", "people without a case"),
    "sheet": Text("整张不读", "the sheet is not read"),
}
_CASES = Text("案件，一行一个", "the cases, one a row")
_LIST = Text("{label}（{path}），一行一项", "{path}, one item a row")
_SKIPPED = Text("不读：没有认出案件编号等列名", "not read: no head was recognised")
_HEAD = Text("表头第 {rows} 行", "head in row {rows}")
_MONTHS = Text("{first} 至 {last}：{count} 个月份列", "{first} to {last}: {count} columns of months")
_COLUMNS = Text("列\t列名\t读作\t有内容\t修正\t退回\t例", "column\thead\tread as\tfilled\trepaired\trefused\texample")
_NOT_READ, _ASIDE = Text("（不读）", "(not read)"), Text("（仅供对照）", "(not read, known)")
_LIKE = Text("{head}：是不是“{word}”？", '{head}: did you mean "{word}"?')
_COMPLETE = Text("没有行的案件：{what}", "cases without rows: {what}")
_NONE, _UNKNOWN = Text("即没有", "have none"), Text("情况不明，会请申请人补", "not known; they will be asked")
_LEFT = Text("略去 {count} 行：{what}", "left out {count} rows: {what}")
_HIDDEN = Text("隐藏的行也读了：{rows}", "hidden rows that were read too: {rows}")
_ROWS = Text(
    "共 {rows} 行 = 用 {used} + 略去 {left} + 退回 {refused}",
    "{rows} rows = {used} used + {left} left out + {refused} refused",
)
_SUM = Text(
    "案件 {cases} 个：可用 {good} 个，有错 {bad} 个；修正 {notes} 处，退回 {refused} 处。",
    "{cases} cases: {good} can be decided, {bad} have errors; {notes} repairs, {refused} refusals.",
)
_MORE = Text("……另有 {count} 处退回，见 rejects.xlsx", "... {count} more refusals, see rejects.xlsx")
_SHOWN_ROWS = 12
_SAMPLES = 2
_WIDEST = 18
_NUMBERS = (3, 4, 5)
_LEAST_ROOM = 10


def summed(read: OfficeRead, tally: Tally, language: Language) -> str:
    """The closing sentence, and the sum of the rows of each sheet."""
    lines = [
        f"{count.place.text.to(language)}：{_rows(count, language)}" if language == "zh"
        else f"{count.place.text.to(language)}: {_rows(count, language)}"
        for count in read.counts
    ]
    bad = tally.cases - tally.good
    lines.append(_SUM.to(language).format(
        cases=tally.cases, good=tally.good, bad=bad, notes=tally.notes, refused=len(read.rejects)
    ))
    return "\n".join(lines) + "\n"


def preview(read: OfficeRead, tally: Tally, language: Language, *, cells: int = 80, rejects: int = 8) -> str:
    """The whole preview, once all cases were read; `cells` is the width of the terminal."""
    refused = Counter(column_place(reject.place) for reject in read.rejects)
    counts = {count.place: count for count in read.counts}
    blocks = [
        "\n".join(_sheet(sheet, counts.get(sheet.grid.place()), tally, refused, language, cells))
        for sheet in read.plan.sheets
    ]
    blocks += [render_all(_first(read.rejects, rejects), language, width=cells)] if read.rejects else []
    if len(read.rejects) > rejects:
        blocks.append(_MORE.to(language).format(count=len(read.rejects) - rejects))
    blocks += [render_all(read.warnings[:rejects], language, width=cells)] if read.warnings else []
    return "\n\n".join([*blocks, summed(read, tally, language)])


def understood(plan: Plan, language: Language, *, cells: int = 80) -> str:
    """What the heads were understood to mean, where that is not enough to read the files."""
    blocks = ["\n".join(_sheet(sheet, None, Tally(), Counter(), language, cells)) for sheet in plan.sheets]
    return "\n\n".join(blocks) + "\n"


def _first(rejects: Sequence[Reject], most: int) -> Iterator[Problem]:
    return (reject.problem for reject in rejects[:most])


def _rows(count: Count, language: Language) -> str:
    left = sum(map(len, count.left_out.values()))
    return _ROWS.to(language).format(rows=count.rows, used=count.used, left=left, refused=count.refused)


def _sheet(
    sheet: SheetPlan, count: Count | None, tally: Tally, refused: Counter[Place], language: Language, cells: int
) -> Iterator[str]:
    name = sheet.grid.place().text.to(language)
    if sheet.part is None:
        yield f"{name}  {_SKIPPED.to(language)}"
        return
    if sheet.part.outer is None:
        what = _CASES.to(language)
    else:
        what = _LIST.to(language).format(label=sheet.part.labels[-1], path=sheet.part.dotted)
    first, last = sheet.head.first + 1, sheet.head.last + 1
    rows = f"{first}" if first == last else f"{first}-{last}"
    yield f"{name}  {what}  {_HEAD.to(language).format(rows=rows)}"
    yield from _table(_columns(sheet, tally, refused, language), cells)
    months = [column for column in sheet.head.columns if column.month is not None]
    if months and sheet.wide is not None:
        yield "  " + _MONTHS.to(language).format(
            first=months[0].head, last=months[-1].head, count=len(months)
        )
    for head, word in sheet.near.items():
        yield "  " + _LIKE.to(language).format(head=head, word=word)
    if sheet.part.outer is not None:
        yield "  " + _COMPLETE.to(language).format(what=(_NONE if sheet.complete else _UNKNOWN).to(language))
    if count is not None:
        yield from _left(count, language)


def _left(count: Count, language: Language) -> Iterator[str]:
    apart = "；" if language == "zh" else "; "
    left = {reason: rows for reason, rows in count.left_out.items() if rows}
    if left:
        what = apart.join(f"{REASONS[reason].to(language)} {_numbers(rows)}" for reason, rows in left.items())
        yield "  " + _LEFT.to(language).format(count=sum(map(len, left.values())), what=what)
    if count.hidden:
        yield "  " + _HIDDEN.to(language).format(rows=_numbers(count.hidden))
    yield "  " + _rows(count, language)


def _numbers(rows: Sequence[int]) -> str:
    """Row numbers, runs of them as first-last."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    said = [str(a) if a == b else f"{a}-{b}" for a, b in runs[:_SHOWN_ROWS]]
    return ", ".join(said) + (" …" if len(runs) > _SHOWN_ROWS else "")


def _columns(sheet: SheetPlan, tally: Tally, refused: Counter[Place], language: Language) -> list[list[str]]:
    filled: Counter[int] = Counter()
    samples: dict[int, list[str]] = {}
    shown = {column.index: column for column in sheet.head.columns if column.month is None or sheet.wide is None}
    for number, row in enumerate(sheet.grid.rows()):
        if number <= sheet.head.last:
            continue
        for index, column in shown.items():
            cell = row[index] if index < len(row) else ""
            if not is_blank(cell):
                filled[index] += 1
                if len(samples.setdefault(index, [])) < _SAMPLES and str(cell).strip() not in NOTHING:
                    samples[index].append(_sample(cell, column))
    table = [_COLUMNS.to(language).split("\t")]
    for index, column in sorted(shown.items()):
        place = Place(sheet.grid.file, sheet.grid.sheet, letters(index))
        said = "、".join(samples.get(index, ())) if language == "zh" else ", ".join(samples.get(index, ()))
        counted = (filled[index], tally.repaired[place], refused[place]) if _is_read(column) else (filled[index], 0, 0)
        numbers = (str(number or "") for number in counted)
        shown_example = said if _is_read(column) else ""
        table.append([letters(index), column.head, _meaning(column, language), *numbers, shown_example])
    return table


def _is_read(column: Column) -> bool:
    return column.use is not None and column.use.kind != "aside"


def _meaning(column: Column, language: Language) -> str:
    if column.use is None:
        return _NOT_READ.to(language)
    return _ASIDE.to(language) if column.use.kind == "aside" else column.use.dotted


def _sample(cell: object, column: Column) -> str:
    whole = isinstance(cell, float) and cell.is_integer()
    text = printable(format(cell, ".0f") if whole else str(cell).strip())
    leaf = column.use.leaf if column.use is not None else None
    return stars(text) if leaf is not None and leaf.field.private else without_identities(text)


def _table(rows: list[list[str]], cells: int) -> Iterator[str]:
    """Rows of cells, one below the other, numbers to the right, no line wider than the terminal; the last column is
    left out where there is little room for it."""
    clipped = [[clip(cell, _WIDEST * 2 if at == 2 else _WIDEST) for at, cell in enumerate(row[:-1])] for row in rows]
    widths = [max(width(row[at]) for row in clipped) for at in range(len(clipped[0]))]
    room = cells - sum(widths) - 2 * len(widths) - 2
    for row, whole in zip(clipped, rows, strict=True):
        padded = [
            " " * (widths[at] - width(cell)) + cell if at in _NUMBERS else cell + " " * (widths[at] - width(cell))
            for at, cell in enumerate(row)
        ]
        last = [clip(whole[-1], room)] if room >= _LEAST_ROOM else []
        yield fit("  " + "  ".join([*padded, *last]), cells).rstrip()
