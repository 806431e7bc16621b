"""Work that crosses floors, for the command line: read, decide, show, write. Says what to print and how it ended."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

# every job imports the floors it works on by itself, so that a command starts without those it does not need
from interpreter.problems import Language, Problem, Text

if TYPE_CHECKING:
    from interpreter.cases.facts import Case
    from interpreter.decision.model import Decision
    from interpreter.language.values import Record
    from interpreter.problems import Source
    from interpreter.rulebook.model import Rulebook

OK, FINDINGS, USAGE, POLICY_INVALID, CASE_INVALID, UNDECIDED, INTERNAL = 0, 1, 2, 3, 4, 5, 70
"""How a command ends: fine; failed tests, or a letter not written; wrong use; the policy is wrong; a case is wrong;
something is undecided (where `strict` asks for it); a fault of the program itself."""

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"

_FAULT = Text(
    "程序本身出错（{kind}，{place}），不是案件的问题。设 POLICY_DEBUG=1 再运行可见详情。\n",
    "the program itself failed ({kind}, {place}); the case is not at fault. POLICY_DEBUG=1 shows more.\n",
)
_NO_POLICY = Text("规则未通过检查，没有作出任何决定。", "The policy did not pass its check; nothing was decided.")
_NO_TEST = Text("规则有错，没有运行任何测试。", "The policy has errors; no test was run.")
_NONE_DECIDED = Text("没有作出任何决定。", "Nothing was decided.")
_SOME_DECIDED = Text(
    "{all} 个案件中有 {left} 个有错，没有作出决定。", "{left} of {all} cases had errors and were not decided.",
)
_LETTERS = Text("文书", "Letters")
_NO_LETTER = Text("{title}：不生成文书，{why}", "{title}: no letter, {why}")


@dataclass(frozen=True, slots=True)
class View:
    """How the reader wants things shown."""

    language: Language = "zh"
    width: int = 80
    colour: bool = False
    brief: bool = False
    show_private: bool = False


@dataclass(frozen=True, slots=True)
class Ended:
    """What a command prints, on which stream, and its exit code. `is_data`: `out` is for programs, always UTF-8."""

    code: int
    out: str = ""
    err: str = ""
    is_data: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """What `policy eval` was asked. `stdin` are the bytes of standard input where a file is `-`."""

    files: tuple[str, ...]
    policy: Path
    measure: str | None = None
    as_of: date | None = None
    why: str | None = None
    as_json: bool = False
    letters: Path | None = None
    sets: tuple[tuple[str, str], ...] = ()
    history: Path | None = None
    strict: bool = False
    stdin: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A rulebook and what the question means in it: the measures asked for, the earlier decisions given."""

    book: Rulebook
    measure: str | None
    why: str | None
    history: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class _Decided:
    """A case with its decision."""

    asked: _Asked
    case: Case
    decision: Decision


def guarded(job: Callable[[View], Ended], view: View) -> Ended:
    """What a job says. A fault of the program ends in one sentence that has no fact of any case."""
    try:
        return job(view)
    except Exception as fault:
        last = traceback.extract_tb(fault.__traceback__)[-1]
        place = f"{Path(last.filename).name}:{last.lineno}"
        told = _FAULT.to(view.language).format(kind=type(fault).__name__, place=place)
        more = traceback.format_exc() if os.environ.get("POLICY_DEBUG") == "1" else ""
        return Ended(INTERNAL, err=more + told)


def notices(policy: Path) -> list[Path]:
    """The notice folders at a path: itself, or those directly inside it."""
    if (policy / "policy.yaml").is_file():
        return [policy]
    return sorted(found.parent for found in policy.glob("*/policy.yaml")) if policy.is_dir() else []


def open_rulebook(folder: Path, problems: list[Problem]) -> Rulebook | None:
    """The rulebook of a notice, from the cache where the same files were checked before."""
    from interpreter.rulebook.cache import load_rulebook

    noted: list[Problem] = []
    found = load_rulebook(folder, noted)
    problems += [problem for problem in noted if problem.severity == "error"]
    return found


def check(policy: Path, view: View, *, questions: bool = False) -> Ended:
    """Checks every notice of a folder: files, rules, templates. All problems at once."""
    from interpreter.assurance.summary import summary
    from interpreter.letters.check import check_templates
    from interpreter.rulebook.load import load

    folders = notices(policy)
    if not folders:
        return _no_notice(policy, view)
    pages, failed = [], False
    for folder in folders:
        problems: list[Problem] = []
        rulebook = load(folder, problems)
        if rulebook is not None:
            check_templates(TEMPLATES, rulebook, problems)
        failed |= rulebook is None or any(problem.severity == "error" for problem in problems)
        told = summary(rulebook, problems, view.language, questions=questions)
        pages.append(_page([_rendered(problems, view), told]))
    return Ended(POLICY_INVALID if failed else OK, _by_folder(folders, pages))


def run_tests(policy: Path, view: View) -> Ended:
    """Runs the policy tests of every notice of a folder."""
    from interpreter.assurance.policy_tests.report import render_results
    from interpreter.assurance.policy_tests.run import run_policy_tests

    folders = notices(policy)
    if not folders:
        return _no_notice(policy, view)
    pages, code = [], OK
    for folder in folders:
        problems: list[Problem] = []
        results = run_policy_tests(folder, problems)
        if any(problem.severity == "error" for problem in problems):
            code = POLICY_INVALID
        elif not all(result.passed for result in results):
            code = max(code, FINDINGS)
        told = render_results(results, view.language, view.width) if results or not problems else _say(_NO_TEST, view)
        pages.append(_page([_rendered(problems, view), told]))
    return Ended(code, _by_folder(folders, pages))


def blank_form(policy: Path, claimant: str, view: View) -> Ended:
    """A case file for a claimant to fill in."""
    from interpreter.cases.form import blank_form as form

    folders = notices(policy)
    if not folders:
        return _no_notice(policy, view)
    known: list[str] = []
    for folder in folders:
        problems: list[Problem] = []
        rulebook = open_rulebook(folder, problems)
        if rulebook is None:
            return _invalid_policy(problems, view)
        if claimant in rulebook.claimants:
            return Ended(OK, form(rulebook, claimant, view.language), is_data=True)
        known += rulebook.claimants
    return Ended(USAGE, err=_rendered([_unknown("form.claimant", claimant, known)], view))


def evaluate(question: Question, view: View) -> Ended:
    """`policy eval`: decides cases and shows why; cases with errors are told of and the others decided."""
    from interpreter.cases.files import case_sources

    folders = notices(question.policy)
    if not folders:
        return _no_notice(question.policy, view)
    if question.as_json and question.why is not None:
        return Ended(USAGE, err=_rendered([Problem("why.json")], view))
    problems: list[Problem] = []
    sources = list(case_sources(question.files, question.stdin, problems))
    placed = [(folder, source) for source in sources if source and (folder := _folder_of(source, folders, problems))]
    books: dict[Path, Rulebook] = {}
    for folder, _ in placed:
        if folder not in books:
            wrong: list[Problem] = []
            book = open_rulebook(folder, wrong)
            if book is None:
                return _invalid_policy(wrong, view)
            books[folder] = book
    unknown: list[Problem] = []
    faulty: list[Problem] = []
    asked = {folder: _asked(question, book, unknown, faulty) for folder, book in books.items()}
    if unknown:
        return Ended(USAGE, err=_rendered(unknown, view))
    if faulty:
        # without the history that was given, a decision would be another one
        return Ended(CASE_INVALID, err=_page([_rendered(faulty, view), _say(_NONE_DECIDED, view)]))
    cases = _cases(question, [(asked[folder], source) for folder, source in placed], problems)
    return _told(question, view, _decided(cases), len(sources), problems)


def _say(text: Text, view: View, **fields: object) -> str:
    return text.to(view.language).format(**fields) + "\n"


def _page(blocks: Sequence[str]) -> str:
    """Blocks one below the other with an empty line between them; each ends in a line end."""
    return "\n".join(block for block in blocks if block)


def _by_folder(folders: Sequence[Path], pages: Sequence[str]) -> str:
    """The pages of notices, under their folders where there are several."""
    if len(folders) == 1:
        return pages[0]
    return _page([f"{folder}\n\n{page}" for folder, page in zip(folders, pages, strict=True)])


def _rendered(problems: Sequence[Problem], view: View) -> str:
    """Problems as people read them, with a line end."""
    from interpreter.problems.render import render_all

    return render_all(problems, view.language, width=view.width, colour=view.colour) + "\n" if problems else ""


def _no_notice(policy: Path, view: View) -> Ended:
    return Ended(USAGE, err=_rendered([Problem("policy.none", fields={"folder": str(policy)})], view))


def _invalid_policy(problems: list[Problem], view: View) -> Ended:
    return Ended(POLICY_INVALID, err=_page([_rendered(problems, view), _say(_NO_POLICY, view)]))


def _unknown(code: str, name: str, known: Sequence[str], words: Sequence[str] = (), **fields: str) -> Problem:
    """The problem of a name that is none of `known`; the nearest of these, or of other `words` for them, is meant."""
    from interpreter.problems.suggest import closest

    guess = closest(name, words or known)
    return Problem(code, fields=fields | {"name": name, "known": ", ".join(known)} | ({"guess": guess} if guess else {}))


def _folder_of(source: Source, folders: list[Path], problems: list[Problem]) -> Path | None:
    """The notice a case is of: the only one there is, or the one the case names."""
    from interpreter.cases.facts import named_policy

    if len(folders) == 1:
        return folders[0]
    found: list[Problem] = []
    wanted = named_policy(source, found)
    for folder in folders:
        if folder.name == wanted:
            return folder
    names = [folder.name for folder in folders]
    if not found:
        code = "policy.unnamed" if wanted is None else "policy.unknown"
        found.append(_unknown(code, wanted or "", names, file=source.name))
    problems += found
    return None


def _asked(question: Question, book: Rulebook, unknown: list[Problem], faulty: list[Problem]) -> _Asked:
    from interpreter.cases.facts import read_history
    from interpreter.cases.files import read_file

    measure, why = (
        None if name is None else _measure_named(name, book, unknown) for name in (question.measure, question.why)
    )
    source = None if question.history is None else read_file(question.history, faulty)
    return _Asked(book, measure, why, () if source is None else read_history(source, book, faulty))


def _measure_named(wanted: str, book: Rulebook, unknown: list[Problem]) -> str | None:
    """A measure's id by its id or title; None with a problem where there is none."""
    for measure in book.measures.values():
        if wanted in (measure.name, measure.title):
            return measure.name
    words = [word for measure in book.measures.values() for word in (measure.name, measure.title)]
    unknown.append(_unknown("measure.unknown", wanted, list(book.measures), words))
    return None


def _cases(
    question: Question, placed: Sequence[tuple[_Asked, Source]], problems: list[Problem]
) -> list[tuple[_Asked, Case]]:
    """The cases that can be decided; the others leave their problems."""
    from interpreter.cases.facts import read_case
    from interpreter.decision.decide import case_problems

    cases: list[tuple[_Asked, Case]] = []
    for asked, source in placed:
        case = read_case(source, asked.book, problems, sets=question.sets, as_of=question.as_of)
        if case is None:
            continue
        if question.history is not None:
            case = replace(case, history=(*(case.history or ()), *asked.history))
        differing = case_problems(asked.book, case)
        problems += differing
        if not differing:
            cases.append((asked, case))
    return cases


def _decided(cases: Sequence[tuple[_Asked, Case]]) -> list[_Decided]:
    """All cases decided, those of one rulebook as one batch, in the order they came."""
    from interpreter.decision.decide import decide_batch

    made: dict[int, _Decided] = {}
    for asked in {id(asked): asked for asked, _ in cases}.values():
        mine = [(place, case) for place, (of, case) in enumerate(cases) if of is asked]
        for (place, case), decision in zip(mine, decide_batch(asked.book, [case for _, case in mine]), strict=True):
            made[place] = _Decided(asked, case, _only(asked.measure, decision))
    return [made[place] for place in sorted(made)]


def _only(measure: str | None, decision: Decision) -> Decision:
    """The decision of one measure alone, where one was asked for."""
    if measure is None:
        return decision
    kept = tuple(made for made in decision.measures if made.measure == measure)
    granted = [made.amount for made in kept if made.amount is not None]
    return replace(decision, measures=kept, total=sum(granted, decision.total * 0))


def _told(question: Question, view: View, decided: list[_Decided], count: int, problems: list[Problem]) -> Ended:
    """The pages of all decisions, what is wrong, and the code: the gravest of what happened."""
    unwritten: list[Problem] = []
    pages = [_shown(question, view, one) + _letters(question, view, one, unwritten) for one in decided]
    code, tail = OK, ""
    if problems:
        code = CASE_INVALID
        left = {"all": count, "left": count - len(decided)}
        tail = _say(_SOME_DECIDED, view, **left) if decided else _say(_NONE_DECIDED, view)
    elif unwritten:
        code = FINDINGS
    elif question.strict and any(_is_open(one.decision) for one in decided):
        code = UNDECIDED
    out = "".join(pages) if question.as_json else _page(pages)
    return Ended(code, out, _page([_rendered([*problems, *unwritten], view), tail]), is_data=question.as_json)


def _is_open(decision: Decision) -> bool:
    return any(measure.outcome in ("incomplete", "review") for measure in decision.measures)


def _shown(question: Question, view: View, one: _Decided) -> str:
    book, decision = one.asked.book, one.decision
    if question.as_json:
        from interpreter.decision.report.canonical import to_json

        return to_json(decision, book).decode("utf-8")
    if one.asked.why is not None:
        from interpreter.decision.report.why import render_why

        return render_why(
            decision, book, one.asked.why, view.language, width=view.width, show_private=view.show_private,
            colour=view.colour,
        )
    from interpreter.decision.report.page import render_text

    return render_text(
        decision, book, view.language, width=view.width, brief=view.brief, show_private=view.show_private,
        colour=view.colour, command_input=one.case.source.name,
    )


def _letters(question: Question, view: View, one: _Decided, problems: list[Problem]) -> str:
    """Writes the letters where they are asked for, and says which."""
    if question.letters is None:
        return ""
    from interpreter.letters.write import without_letter, write_letters

    decision = one.decision
    paths = write_letters(decision, one.asked.book, question.letters, TEMPLATES, problems)
    if question.as_json:
        return ""
    claimed = (plan for plan in without_letter(decision) if decision.claims is None or plan.measure.claimed)
    lines = [f"  {path}\n" for path in paths]
    lines += ["  " + _say(_NO_LETTER, view, title=no.measure.title, why=no.why.to(view.language)) for no in claimed]
    return "\n" + _say(_LETTERS, view) + "".join(lines)
