"""Jobs on the notices themselves: checked, tested, shown, started, and asked for a blank case."""

from __future__ import annotations

from pathlib import Path

from interpreter.jobs.ended import (
    FINDINGS,
    OK,
    POLICY_INVALID,
    USAGE,
    Ended,
    View,
    by_folder,
    invalid_policy,
    json_lines,
    no_notice,
    open_rulebook,
    page,
    rendered,
    say,
    templates_for,
    unknown,
)
from interpreter.problems import Problem, Text
from interpreter.rulebook.folder import notices

_NO_TEST = Text("规则有错，没有运行任何测试。", "The policy has errors; no test was run.")
_PUT = Text("已写好 {file}", "{file} is written")
_STARTED = Text(
    "已写好一份可以运行的小政策，从 policy.yaml 读起：", "A small working notice is written; read policy.yaml first:"
)


def check(
    policy: Path, view: View, *, questions: bool = False, as_lines: bool = False, batch: bool = False
) -> Ended:
    """Checks every notice of a folder: files, rules, templates; `batch` also what many cases are decided by. All
    problems at once; `as_lines` gives them for programs, one a line as JSON."""
    from interpreter.assurance.summary import summary
    from interpreter.letters.check import check_templates
    from interpreter.rulebook.load import load

    folders = notices(policy)
    if not folders:
        return no_notice(policy, view)
    pages, found, failed = [], list[Problem](), False
    for folder in folders:
        problems: list[Problem] = []
        rulebook = load(folder, problems)
        if rulebook is not None:
            check_templates(templates_for(policy), rulebook, problems)
            if batch:
                from interpreter.batch.checks import check_batch

                check_batch(rulebook, problems)
        failed |= rulebook is None or any(problem.severity == "error" for problem in problems)
        found += problems
        told = summary(rulebook, problems, view.language, questions=questions)
        pages.append(page([rendered(problems, view), told]))
    code = POLICY_INVALID if failed else OK
    return Ended(code, json_lines(found, view), is_data=True) if as_lines else Ended(code, by_folder(folders, pages))


def run_tests(policy: Path, view: View) -> Ended:
    """Runs the policy tests of every notice of a folder."""
    from interpreter.assurance.policy_tests.report import render_results
    from interpreter.assurance.policy_tests.run import run_policy_tests

    folders = notices(policy)
    if not folders:
        return no_notice(policy, view)
    pages, code = [], OK
    for folder in folders:
        problems: list[Problem] = []
        results = run_policy_tests(folder, problems)
        if any(problem.severity == "error" for problem in problems):
            code = POLICY_INVALID
        elif not all(result.passed for result in results):
            code = max(code, FINDINGS)
        told = render_results(results, view.language, view.width) if results or not problems else say(_NO_TEST, view)
        pages.append(page([rendered(problems, view), told]))
    return Ended(code, by_folder(folders, pages))


def blank_form(policy: Path, claimant: str, view: View, *, excel: bool = False, out: Path | None = None) -> Ended:
    """A case file for a claimant to fill in, or a workbook for many of them; written to `out` where that is given."""
    from interpreter.cases.form import blank_form as form

    folders = notices(policy)
    if not folders:
        return no_notice(policy, view)
    known: list[str] = []
    for folder in folders:
        problems: list[Problem] = []
        rulebook = open_rulebook(folder, problems)
        if rulebook is None:
            return invalid_policy(problems, view)
        if excel and (claimant in rulebook.claimants or claimant in rulebook.bearers):
            from interpreter.cases.sheets.form import workbook_form

            content = workbook_form(rulebook, claimant, view.language)
            return _put(out or Path(f"{claimant}.xlsx"), content, view)
        if claimant in rulebook.claimants:
            text = form(rulebook, claimant, view.language)
            return Ended(OK, text, is_data=True) if out is None else _put(out, text.encode("utf-8"), view)
        known += [*rulebook.claimants, *(rulebook.bearers if excel else ())]
    return Ended(USAGE, err=rendered([unknown("form.claimant", claimant, known)], view))


def _put(path: Path, content: bytes, view: View) -> Ended:
    from interpreter.rulebook.whole_file import write_whole

    try:
        write_whole(path, content)
    except OSError:
        return Ended(USAGE, err=rendered([Problem("sheet.unwritten", fields={"file": str(path)})], view))
    return Ended(OK, say(_PUT, view, file=path))


def show(policy: Path, name: str | None, view: View) -> Ended:
    """A notice, or one thing in it by its id, title or label, as people read it."""
    from interpreter.rulebook.showing.show import show_policy

    folders = notices(policy)
    if not folders:
        return no_notice(policy, view)
    pages, wrong = [], []
    for folder in folders:
        problems: list[Problem] = []
        rulebook = open_rulebook(folder, problems)
        if rulebook is None:
            return invalid_policy(problems, view)
        found = show_policy(rulebook, name, view.language, width=view.width)
        if isinstance(found, Problem):
            wrong.append(found)
        else:
            pages.append(found)
    if not pages:
        return Ended(USAGE, err=rendered(wrong[:1], view))
    return Ended(OK, page(pages))


def start(directory: Path, view: View) -> Ended:
    """Writes a small working notice to start from."""
    from interpreter.rulebook.starter.new import new_policy

    written = new_policy(directory, view.language)
    if isinstance(written, Problem):
        return Ended(USAGE, err=rendered([written], view))
    return Ended(OK, say(_STARTED, view) + "".join(f"  {path}\n" for path in written))
