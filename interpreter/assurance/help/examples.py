"""What is said of an example: it is laid over the starter policy, in a folder made for it, and read as any policy."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from interpreter.assurance.help.overlay import overlay
from interpreter.assurance.help.pages import Files, Page
from interpreter.assurance.policy_tests.run import run_policy_tests
from interpreter.cases.facts import read_case
from interpreter.cases.sheets.office import read_office_files
from interpreter.letters.check import check_templates
from interpreter.problems import Language, Problem, Source
from interpreter.rulebook.load import load
from interpreter.rulebook.model import Rulebook
from interpreter.rulebook.reading import decode, read_yaml
from interpreter.rulebook.starter.new import starter

_MEASURE = "measures/care_allowance.yaml"
_CASE_OF_STARTER = "examples/carer.yaml"
_EXPRESSIONS = {"when": "requires:\n  enough_hours:\n    when: >-\n      {text}", "pays": "pays: >-\n  {text}"}
"""Places of the starter's measure that an expression is written in."""
_NO_FILE = {*_EXPRESSIONS, "text", "said"}


def said(page: Page, example: Any, language: Language, templates: Path) -> list[Problem]:
    """Everything that is said of a page's example. `templates` are those that its letters stand on."""
    files = page.files(example, language)
    match page.at:
        case "said":
            return [Problem(page.code, fields=page.fields)]
        case "text":
            return _of_text(files["text"] or "")
        case "case.yaml" | "case.json":
            return _of_case(page, files, language)
        case "cases.csv":
            return _of_sheets(page, files, language)
        case _:
            return _of_policy(page.files(page.given, language) if page.given else {}, files, language, templates)


def shown(page: Page, example: Any, language: Language) -> list[tuple[str, str]]:
    """The texts of an example, as they are written, with the files they stand in; an expression or text by itself has
    none."""
    return [("" if name in _NO_FILE else name, text or "") for name, text in page.files(example, language).items()]


def _placed(name: str, text: str) -> str:
    return _EXPRESSIONS[name].format(text=text.rstrip("\n").replace("\n", "\n      ")) if name in _EXPRESSIONS else text


def _of_text(text: str) -> list[Problem]:
    problems: list[Problem] = []
    source = decode("measures/visit.yaml", text.encode("utf-8", "surrogateescape"), problems)
    if source is not None:
        read_yaml(source, problems)
    return problems


def _of_case(page: Page, files: Files, language: Language) -> list[Problem]:
    (name, text), = files.items()
    problems: list[Problem] = []
    if name == "case.yaml":
        text = overlay(_starter(language)[_CASE_OF_STARTER], text or "")
    read_case(Source(name, text or ""), _given_rulebook(page, language), problems)
    return problems


def _given_rulebook(page: Page, language: Language) -> Rulebook:
    """The starter policy with what the page's examples stand on."""
    return _rulebook(tuple(sorted(page.files(page.given, language).items())) if page.given else (), language)


def _of_sheets(page: Page, files: Files, language: Language) -> list[Problem]:
    with TemporaryDirectory() as place:
        paths, mapping = [], None
        for name, text in files.items():
            path = Path(place) / name
            path.write_bytes((text or "").encode("utf-8", "surrogateescape"))
            if path.suffix == ".csv":
                paths.append(path)
            else:
                mapping = Source(name, text or "")
        problems: list[Problem] = []
        read = read_office_files(paths, _given_rulebook(page, language), problems, mapping=mapping)
        if read is None:
            return problems
        for _ in read.cases():
            pass
        return [*(reject.problem for reject in read.rejects), *read.warnings]


def _of_policy(given: Files, files: Files, language: Language, templates: Path) -> list[Problem]:
    with TemporaryDirectory() as place:
        folder = _write(Path(place), given, files, language)
        problems: list[Problem] = []
        rulebook = load(folder, problems)
        if rulebook is None:
            return problems
        if any(name.startswith("templates/") or "letters:" in (text or "") for name, text in files.items()):
            _templates(Path(place) / "templates", templates, files, rulebook.language)
            check_templates(Path(place) / "templates", rulebook, problems)
        if any(name.startswith("tests/") for name in files):
            results = run_policy_tests(folder, problems)
            problems += [problem for result in results for problem in result.problems]
        return problems


def _write(place: Path, given: Files, files: Files, language: Language) -> Path:
    folder = place / "care"
    texts: dict[str, str | None] = {**_starter(language)}
    for layer in (given, files):
        for name, text in layer.items():
            target = _MEASURE if name in _EXPRESSIONS else name
            below = texts.get(target)
            written = None if text is None else _placed(name, text)
            texts[target] = written if written is None or below is None else overlay(below, written)
    for name, text in texts.items():
        if text is not None and not name.startswith("templates/"):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("utf-8", "surrogateescape"))
    return folder


def _templates(place: Path, templates: Path, files: Files, language: Language) -> None:
    """A folder with the templates an example stands on, and its own in place of those of the language."""
    def place_of(name: str) -> str:
        inside = name.removeprefix("templates/")
        return inside if language == "zh" or inside.startswith("care/") else f"{language}/{inside}"

    texts: dict[str, bytes | None] = {
        path.relative_to(templates).as_posix(): path.read_bytes() for path in templates.rglob("*.md")
    }
    texts |= {
        place_of(name): None if text is None else text.encode("utf-8", "surrogateescape")
        for name, text in files.items() if name.startswith("templates/")
    }
    for name, content in texts.items():
        if content is not None:
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_bytes(content)


@cache
def _starter(language: Language) -> dict[str, str]:
    return {path.as_posix(): text for path, text in starter(language, "care")}


@cache
def _rulebook(given: tuple[tuple[str, str | None], ...], language: Language) -> Rulebook:
    """The starter policy with what is given."""
    with TemporaryDirectory() as place:
        problems: list[Problem] = []
        rulebook = load(_write(Path(place), dict(given), {}, language), problems)
        if rulebook is None:
            raise ValueError(f"the example stands on a policy with mistakes: {problems}")
        return rulebook
