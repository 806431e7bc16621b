"""Which letters a decision asks for, and writing them to a folder."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from interpreter.decision.model import Decision, MeasureDecision, Outcome
from interpreter.letters import html, text
from interpreter.letters.check import check_template, template_of
from interpreter.letters.context import LetterKind, letter_context
from interpreter.letters.document import Document
from interpreter.letters.environment import LetterEnvironment, Templates, render
from interpreter.letters.markdown import read
from interpreter.problems import Language, Problem, Text
from interpreter.rulebook.model import Rulebook

LAYOUTS: dict[str, Callable[[Document], str]] = {"txt": text.lay_out, "html": html.lay_out}
"""Every shape of a letter, by the ending of its file."""

_LONGEST_PART = 80
"""In bytes: two of them, with a digest each, stay below the 255 of a file name."""

NOTHING_TO_DECIDE = Text("没有可以办理的事项", "there is nothing to decide")
NOT_CLAIMED = Text("没有申请这一事项", "it was not claimed")
ONLY_A_TRIAL = Text("案件没有列出申请事项，不予只是试算", "the case lists no claims, so the refusal is only a trial")
OFFICE_FIRST = Text("须先由本机关认定，尚不能作出决定", "the office must settle a point before it can decide")
SYSTEM = Text("系统没有写入", "the system did not write it")
_REASONS = {
    PermissionError: Text("没有写入的权限", "there is no permission to write"),
    FileExistsError: Text("所给的路径不是文件夹", "the path given is no folder"),
    NotADirectoryError: Text("所给的路径不是文件夹", "the path given is no folder"),
    IsADirectoryError: Text("已有同名的文件夹", "there is a folder of that name"),
}
REFERRED = Text("由其他政策或机关办理", "another scheme or office governs it")


@dataclass(frozen=True, slots=True)
class LetterPlan:
    """One letter to be written: about one measure of a case, of one kind."""

    case: str
    kind: LetterKind
    measure: MeasureDecision


@dataclass(frozen=True, slots=True)
class NoLetter:
    """A measure about which nothing is written, and why."""

    case: str
    measure: MeasureDecision
    why: Text


def letters_for(decision: Decision) -> list[LetterPlan]:
    """The letters a decision asks for, in the order of its measures.

    A case with claims gets letters about the claimed measures; one without only about what is granted or incomplete.
    A measure of which some lines are granted and others refused is partly granted. Lines that are incomplete are asked
    for in a notice of their own, so that one person's missing paper never holds back the others; refused lines beside
    incomplete ones alone are answered when these are decided too.
    """
    return [
        LetterPlan(decision.case, kind, measure)
        for measure in decision.measures
        for kind in _kinds(decision, measure)
    ]


def without_letter(decision: Decision) -> list[NoLetter]:
    """The measures that get no letter, each with the reason."""
    return [
        NoLetter(decision.case, measure, _why_not(decision, measure))
        for measure in decision.measures
        if not _kinds(decision, measure)
    ]


def _kinds(decision: Decision, measure: MeasureDecision) -> list[LetterKind]:
    if decision.claims is not None and not measure.claimed:
        return []
    outcomes: set[Outcome] = {line.outcome for line in measure.lines} or {measure.outcome}
    kinds: list[LetterKind] = []
    if "granted" in outcomes:
        kinds.append("partly_granted" if "refused" in outcomes else "granted")
    if "incomplete" in outcomes:
        kinds.append("incomplete")
    if measure.outcome == "refused" and decision.claims is not None:
        kinds.append("refused")
    return kinds


def _why_not(decision: Decision, measure: MeasureDecision) -> Text:
    if measure.outcome == "not_applicable":
        return NOTHING_TO_DECIDE
    if decision.claims is not None and not measure.claimed:
        return NOT_CLAIMED
    return {"review": OFFICE_FIRST, "referred": REFERRED}.get(measure.outcome, ONLY_A_TRIAL)


def write_letters(
    decision: Decision, rulebook: Rulebook, out_dir: Path, templates_dir: Path, problems: list[Problem],
    formats: Iterable[str] = ("txt", "html"), *, language: Language = "zh", day: date | None = None,
) -> list[Path]:
    """Writes every letter of a decision in every format and returns the files, in order.

    `day` is the date of the letters, by default the day as of which was decided. A letter that cannot be written is a
    problem and keeps no other from being written; a file is there whole or not at all. Same input, same bytes.
    """
    environment = LetterEnvironment(Templates(templates_dir, rulebook.policy))
    sound: dict[str, bool] = {}
    files: list[Path] = []
    for plan in letters_for(decision):
        template = template_of(rulebook, plan.kind)
        if template not in sound:
            sound[template] = check_template(environment, template, problems)
        if not sound[template]:
            continue
        context = letter_context(decision, plan.measure, plan.kind, rulebook, language=language, day=day)
        source = render(environment, template, context, problems)
        if source is None:
            continue
        document = read(source)
        for ending in formats:
            path = out_dir / f"{file_name(plan, decision)}.{ending}"
            if _write(path, LAYOUTS[ending](document), problems):
                files.append(path)
    return files


def file_name(plan: LetterPlan, decision: Decision) -> str:
    """The name of a letter's file without its ending: case number, measure and kind, and nothing about a person.

    Whatever a file system might take amiss becomes `_`; a digest of what it was tells a changed name from others.
    """
    private = {str(named.value) for named in decision.who}
    if any(word and word in plan.case for word in private):
        return f"{_digest(plan.case)}-{_part(plan.measure.measure)}-{plan.kind}"
    return f"{_part(plan.case)}-{_part(plan.measure.measure)}-{plan.kind}"


def _part(name: str) -> str:
    kept = re.sub(r"[^\w-]", "_", unicodedata.normalize("NFC", name)).lstrip("-")
    kept = kept.encode("utf-8")[:_LONGEST_PART].decode("utf-8", "ignore")
    return kept if kept == name and name else f"{kept}_{_digest(name)}" if kept else _digest(name)


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _write(path: Path, content: str, problems: list[Problem]) -> bool:
    temporary: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=".letter-", dir=path.parent)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(content)
        os.replace(temporary, path)
    except OSError as error:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
        reason = next((said for kind, said in _REASONS.items() if isinstance(error, kind)), SYSTEM)
        fields = {"file": path.name, "reason": reason, "number": error.errno or 0}
        problems.append(Problem("letter.not_written", fields=fields))
        return False
    return True
