"""Work that crosses floors, for the command line: read, decide, show, write. Says what to print and how it ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from interpreter.problems import Language, Problem, Source, Text

if TYPE_CHECKING:
    from interpreter.cases.facts import Case
    from interpreter.decision.model import Decision
    from interpreter.rulebook.model import Rulebook

OK, FINDINGS, USAGE, POLICY_INVALID, CASE_INVALID, UNDECIDED = 0, 1, 2, 3, 4, 5
"""How a command ends: fine; findings or failed tests; wrong use; the policy is wrong; a case is wrong; undecided."""

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"


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
    """What a command prints, on which stream, and its exit code."""

    code: int
    out: str = ""
    err: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What `policy eval` was asked."""

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


def rendered(problems: Sequence[Problem], view: View) -> str:
    """Problems as people read them."""
    from interpreter.problems.render import render_all

    return render_all(problems, view.language, width=view.width, colour=view.colour) if problems else ""


def no_notice(policy: Path, view: View) -> Ended:
    return Ended(USAGE, err=rendered([Problem("policy.none", fields={"folder": str(policy)})], view))


def check(policy: Path, view: View, *, questions: bool = False) -> Ended:
    """Checks every notice of a folder: files, rules, templates. All problems at once."""
    from interpreter.assurance.summary import summary
    from interpreter.letters.check import check_templates
    from interpreter.rulebook.load import load

    folders = notices(policy)
    if not folders:
        return no_notice(policy, view)
    pages, failed = [], False
    for folder in folders:
        problems: list[Problem] = []
        rulebook = load(folder, problems)
        if rulebook is not None:
            check_templates(TEMPLATES, rulebook, problems)
        failed |= rulebook is None or any(problem.severity == "error" for problem in problems)
        pages.append(rendered(problems, view) + summary(rulebook, problems, view.language, questions=questions))
    return Ended(POLICY_INVALID if failed else OK, "\n".join(pages))


def run_tests(policy: Path, view: View) -> Ended:
    """Runs the policy tests of every notice of a folder."""
    from interpreter.assurance.policy_tests.report import render_results
    from interpreter.assurance.policy_tests.run import run_policy_tests

    folders = notices(policy)
    if not folders:
        return no_notice(policy, view)
    pages, failed = [], False
    for folder in folders:
        problems: list[Problem] = []
        results = run_policy_tests(folder, problems)
        wrong = any(problem.severity == "error" for problem in problems)
        failed |= wrong or not all(result.passed for result in results)
        pages.append(rendered(problems, view) + render_results(results, view.language))
    return Ended(FINDINGS if failed else OK, "\n".join(pages))


def blank_form(policy: Path, claimant: str, view: View) -> Ended:
    """A case file for a claimant to fill in."""
    from interpreter.cases.form import blank_form as form
    from interpreter.problems.suggest import closest

    folders = notices(policy)
    if not folders:
        return no_notice(policy, view)
    known: list[str] = []
    for folder in folders:
        problems: list[Problem] = []
        rulebook = open_rulebook(folder, problems)
        if rulebook is None:
            return _invalid_policy(problems, view)
        if claimant in rulebook.claimants:
            return Ended(OK, form(rulebook, claimant, view.language))
        known += rulebook.claimants
    wrong = Problem(
        "form.claimant", fields={"name": claimant, "guess": closest(claimant, known), "known": ", ".join(known)}
    )
    return Ended(USAGE, err=rendered([wrong], view))


def _invalid_policy(problems: list[Problem], view: View) -> Ended:
    tail = Text("规则未通过检查，没有作出任何决定。\n", "The policy did not pass its check; nothing was decided.\n")
    return Ended(POLICY_INVALID, err=rendered(problems, view) + "\n" + tail.to(view.language))


def _sources(question: Question, stdin: str, problems: list[Problem]) -> list[Source]:
    from interpreter.cases.facts import read_cases

    found: list[Source] = []
    for name in question.files:
        if name == "-":
            found += read_cases(Source("-", stdin))
            continue
        source = read_file(Path(name), problems)
        if source is not None:
            found += read_cases(source) if name.endswith(".jsonl") else [source]
    return found


def read_file(path: Path, problems: list[Problem]) -> Source | None:
    """A text file as a source; None with a problem where it is not there or is no UTF-8."""
    try:
        raw = path.read_bytes()
    except OSError:
        problems.append(Problem("file.unreadable", fields={"file": str(path)}))
        return None
    try:
        return Source(str(path), raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        problems.append(Problem("file.encoding", fields={"file": str(path)}))
        return None


@dataclass(slots=True)
class _Read:
    """Cases that can be decided, with the rulebook each belongs to, in the order they came."""

    cases: list[tuple[Rulebook, Case]]
    problems: list[Problem]


def evaluate(question: Question, view: View, stdin: str = "") -> Ended:
    """`policy eval`: decides cases and shows why; cases with errors are told of and the others decided."""
    from interpreter.cases.facts import named_policy, read_case, read_history
    from interpreter.decision.decide import case_problems

    folders = notices(question.policy)
    if not folders:
        return no_notice(question.policy, view)
    books: dict[Path, Rulebook] = {}
    read = _Read([], [])
    for source in _sources(question, stdin, read.problems):
        folder = _folder_for(source, folders, named_policy, read.problems)
        if folder is None:
            continue
        if folder not in books:
            wrong: list[Problem] = []
            opened = open_rulebook(folder, wrong)
            if opened is None:
                return _invalid_policy(wrong, view)
            books[folder] = opened
        book = books[folder]
        case = read_case(source, book, read.problems, sets=question.sets, as_of=question.as_of)
        if case is None:
            continue
        if question.history is not None:
            file = read_file(question.history, read.problems)
            earlier = read_history(file, book, read.problems) if file is not None else ()
            case = replace(case, history=(*(case.history or ()), *earlier))
        found = case_problems(book, case)
        read.problems += found
        if not found:
            read.cases.append((book, case))
    return _decided(question, view, read)


def _folder_for(source: Source, folders: list[Path], named: object, problems: list[Problem]) -> Path | None:
    """The notice a case is of: the one it names, or the only one there is."""
    from interpreter.cases.facts import named_policy

    wanted = named_policy(source)
    if wanted is None and len(folders) == 1:
        return folders[0]
    for folder in folders:
        if folder.name == wanted:
            return folder
    names = ", ".join(folder.name for folder in folders)
    problems.append(Problem("case.policy", fields={"name": wanted or "", "known": names, "file": source.name}))
    return None


def _decided(question: Question, view: View, read: _Read) -> Ended:
    from interpreter.decision.decide import decide_batch

    problems = read.problems
    decisions: list[tuple[Rulebook, Case, Decision]] = []
    for book in {id(book): book for book, _ in read.cases}.values():
        mine = [case for of, case in read.cases if of is book]
        decisions += [(book, case, made) for case, made in zip(mine, decide_batch(book, mine), strict=True)]
    pages = []
    for book, case, decision in decisions:
        chosen = _only(question.measure, book, decision, problems)
        if chosen is not None:
            pages.append(_page(question, view, book, case.source.name, chosen, problems))
    code = CASE_INVALID if problems else OK
    if code == OK and question.strict and any(_open(decision) for _, _, decision in decisions):
        code = UNDECIDED
    err = rendered(problems, view)
    if problems and not decisions:
        err += "\n" + Text("没有作出任何决定。\n", "Nothing was decided.\n").to(view.language)
    return Ended(code, ("" if question.as_json else "\n").join(pages), err)


def _open(decision: Decision) -> bool:
    return any(measure.outcome in ("incomplete", "review") for measure in decision.measures)


def _only(wanted: str | None, book: Rulebook, decision: Decision, problems: list[Problem]) -> Decision | None:
    """The decision of one measure alone, where one was asked for by id or title."""
    if wanted is None:
        return decision
    name = measure_named(wanted, book, problems)
    if name is None:
        return None
    kept = tuple(measure for measure in decision.measures if measure.measure == name)
    granted = [measure.amount for measure in kept if measure.amount is not None]
    return replace(decision, measures=kept, total=sum(granted, decision.total * 0))


def measure_named(wanted: str, book: Rulebook, problems: list[Problem]) -> str | None:
    """A measure's id by its id or title; None with a problem where there is none."""
    from interpreter.problems.suggest import closest

    for measure in book.measures.values():
        if wanted in (measure.name, measure.title):
            return measure.name
    words = [word for measure in book.measures.values() for word in (measure.name, measure.title)]
    problems.append(
        Problem("measure.unknown", fields={
            "name": wanted, "guess": closest(wanted, words), "known": ", ".join(book.measures),
        })
    )
    return None


def _page(
    question: Question, view: View, book: Rulebook, file: str, decision: Decision, problems: list[Problem]
) -> str:
    if question.as_json:
        from interpreter.decision.report.canonical import to_json

        page = to_json(decision, book).decode("utf-8")
    elif question.why is not None:
        from interpreter.decision.report.why import render_why

        name = measure_named(question.why, book, problems)
        page = "" if name is None else render_why(
            decision, book, name, view.language, width=view.width, show_private=view.show_private, colour=view.colour
        )
    else:
        from interpreter.decision.report.page import render_text

        page = render_text(
            decision, book, view.language, width=view.width, brief=view.brief, show_private=view.show_private,
            colour=view.colour, command_input=file,
        )
    if question.letters is not None:
        page += _letters(question.letters, view, book, decision, problems, quiet=question.as_json)
    return page


def _letters(
    out: Path, view: View, book: Rulebook, decision: Decision, problems: list[Problem], *, quiet: bool
) -> str:
    from interpreter.letters.write import without_letter, write_letters

    paths = write_letters(decision, book, out, TEMPLATES, problems)
    if quiet:
        return ""
    head = Text("文书", "Letters").to(view.language)
    none = Text("{title}：不生成文书，{why}", "{title}: no letter, {why}").to(view.language)
    claimed = (plan for plan in without_letter(decision) if decision.claims is None or plan.measure.claimed)
    lines = [f"  {path}" for path in paths]
    lines += ["  " + none.format(title=no.measure.title, why=no.why.to(view.language)) for no in claimed]
    return "\n" + "\n".join([head, *lines]) + "\n"
