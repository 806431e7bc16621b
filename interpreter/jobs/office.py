"""`policy import`: what an office's files hold, shown, mapped, and written as cases; with what was refused and why."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from interpreter.jobs.ended import (
    CASE_INVALID,
    OK,
    USAGE,
    Ended,
    View,
    invalid_policy,
    no_notice,
    open_rulebook,
    page,
    rendered,
    say,
    unknown,
)
from interpreter.problems import Problem, Text
from interpreter.rulebook.folder import notices

if TYPE_CHECKING:
    from interpreter.problems import Source
    from interpreter.rulebook.model import Rulebook

REJECTS = "rejects.xlsx"
_WRITTEN = Text("案件写在 {file}", "the cases are in {file}")
_REJECTED = Text("退回和修正的明细在 {file}", "what was refused and repaired is in {file}")
_MAPPED = Text(
    "对照表写在 {file}；改好后用 --map {file}", "the mapping is in {file}; correct it and use it with --map {file}"
)


@dataclass(frozen=True, slots=True)
class Import:
    """What `policy import` was asked: the files, a mapping for them, and what to write where. `notice` is the name of
    the policy, where there are several."""

    files: tuple[Path, ...]
    policy: Path
    mapping: Path | None = None
    map_out: Path | None = None
    out: Path | None = None
    notice: str | None = None


def import_files(asked: Import, view: View) -> Ended:
    """Reads the files of an office; shows what was understood, or writes it."""
    folders = notices(asked.policy)
    if not folders:
        return no_notice(asked.policy, view)
    folder = folders[0] if len(folders) == 1 else next((f for f in folders if f.name == asked.notice), None)
    if folder is None:
        code = "policy.unnamed" if asked.notice is None else "policy.unknown"
        names = [folder.name for folder in folders]
        problem = unknown(code, asked.notice or "", names, file=", ".join(path.name for path in asked.files))
        return Ended(USAGE, err=rendered([problem], view))
    wrong: list[Problem] = []
    book = open_rulebook(folder, wrong)
    return invalid_policy(wrong, view) if book is None else _imported(asked, book, view)


def _imported(asked: Import, book: Rulebook, view: View) -> Ended:
    from interpreter.cases.sheets.mapping import written_mapping
    from interpreter.cases.sheets.office import plan_office_files, read_plan
    from interpreter.cases.sheets.plan import check_plan
    from interpreter.cases.sheets.preview import preview, summed, understood
    from interpreter.cases.sheets.tally import Tally

    problems: list[Problem] = []
    mapping = _mapping(asked.mapping, problems)
    plan = plan_office_files(asked.files, book, problems, mapping=mapping) if not problems else None
    if plan is None:
        return Ended(CASE_INVALID, err=rendered(problems, view))
    if asked.map_out is not None:
        from interpreter.rulebook.whole_file import write_whole

        try:
            write_whole(asked.map_out, written_mapping(plan).encode("utf-8"))
        except OSError:
            return Ended(USAGE, err=rendered([Problem("sheet.unwritten", fields={"file": str(asked.map_out)})], view))
        told = understood(plan, view.language, cells=view.width)
        return Ended(OK, page([told, say(_MAPPED, view, file=asked.map_out)]))
    check_plan(plan, problems)
    if problems:
        told = understood(plan, view.language, cells=view.width)
        return Ended(CASE_INVALID, told, "\n" + rendered(problems, view))
    read, tally = read_plan(plan, book), Tally()
    if asked.out is None:
        for _ in tally.watch(read):
            pass
        return Ended(CASE_INVALID if read.rejects else OK, preview(read, tally, view.language, cells=view.width))
    from interpreter.cases.sheets.model import Note
    from interpreter.cases.sheets.returns import write_returns

    notes: list[Note] = []
    beside, unfinished = asked.out.with_name(REJECTS), asked.out.with_name(f".{asked.out.name}.part")
    try:
        with unfinished.open("w", encoding="utf-8", newline="\n") as file:
            for one in tally.watch(read, notes):
                if one.case is not None:
                    file.write(json.dumps(one.data, ensure_ascii=False, separators=(", ", ": ")) + "\n")
        unfinished.replace(asked.out)
        write_returns(beside, read, notes, view.language)
    except OSError:
        return Ended(USAGE, err=rendered([Problem("sheet.unwritten", fields={"file": str(asked.out)})], view))
    finally:
        unfinished.unlink(missing_ok=True)
    lines = [
        summed(read, tally, view.language), say(_WRITTEN, view, file=asked.out) + say(_REJECTED, view, file=beside),
    ]
    return Ended(CASE_INVALID if read.rejects else OK, page(lines))


def _mapping(path: Path | None, problems: list[Problem]) -> Source | None:
    from interpreter.cases.files import read_file

    return None if path is None else read_file(path, problems)
