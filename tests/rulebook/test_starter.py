"""The policy to start from: sound, tested and able to write a letter as it is written, in either language."""

from __future__ import annotations

from pathlib import Path

import pytest

from interpreter.assurance.policy_tests.run import run_policy_tests
from interpreter.cases.facts import read_case
from interpreter.decision.decide import decide
from interpreter.letters.check import check_templates
from interpreter.letters.write import write_letters
from interpreter.problems import Language, Problem, Source
from interpreter.problems.words import says
from interpreter.rulebook.load import load
from interpreter.rulebook.starter import new_policy

TEMPLATES = Path(__file__).parent.parent.parent / "templates"
LANGUAGES: list[Language] = ["zh", "en"]


def started(folder: Path, language: Language) -> list[Path]:
    """The files of a new policy, which must have been written."""
    written = new_policy(folder, language)
    assert not isinstance(written, Problem), written
    return written


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wrong_with_it(tmp_path: Path, language: Language) -> None:
    folder = tmp_path / "my-notice"
    started(folder, language)
    problems: list[Problem] = []
    book = load(folder, problems)
    assert book is not None
    check_templates(TEMPLATES, book, problems)
    assert problems == []
    assert book.policy == "my-notice"


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_tests_pass_and_show_each_way_out(tmp_path: Path, language: Language) -> None:
    folder = tmp_path / "my-notice"
    started(folder, language)
    problems: list[Problem] = []
    results = run_policy_tests(folder, problems)
    assert problems == []
    assert [result.name for result in results if not result.passed] == []
    text = (folder / "tests" / "carer.yaml").read_text(encoding="utf-8")
    assert len(results) >= 8
    assert all(f"outcome: {outcome}" in text for outcome in ("granted", "refused", "incomplete"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_example_gets_a_letter(tmp_path: Path, language: Language) -> None:
    folder = tmp_path / "my-notice"
    started(folder, language)
    problems: list[Problem] = []
    book = load(folder, problems)
    assert book is not None
    path = folder / "examples" / "carer.yaml"
    case = read_case(Source("carer.yaml", path.read_text(encoding="utf-8")), book, problems)
    assert case is not None
    decision = decide(book, case)
    assert [made.outcome for made in decision.measures] == ["granted"]
    assert decision.total == 600
    letters = write_letters(decision, book, tmp_path / "letters", TEMPLATES, problems)
    assert problems == []
    assert [letter.suffix for letter in letters] == [".txt", ".html"]
    assert "600.00" in letters[0].read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_has_one_of_each_thing_to_learn_from(tmp_path: Path, language: Language) -> None:
    folder = tmp_path / "my-notice"
    started(folder, language)
    book = load(folder, [])
    assert book is not None
    parameters = book.parameters.values()
    assert any(len(parameter.values) > 1 for parameter in parameters)
    assert any(parameter.delegated for parameter in parameters)
    assert any(parameter.question and not parameter.decided_by for parameter in parameters)
    assert (len(book.measures), len(book.tables), len(book.definitions)) == (1, 1, 1)
    assert any(clause.no_rule for clause in book.clauses.values())


def test_both_languages_say_the_same(tmp_path: Path) -> None:
    books = []
    for language in LANGUAGES:
        started(tmp_path / language / "my-notice", language)
        books.append(load(tmp_path / language / "my-notice", []))
    zh, en = books
    assert zh is not None
    assert en is not None
    assert list(zh.parameters) == list(en.parameters)
    assert [r.name for m in zh.measures.values() for r in (*m.head, *m.requires)] == [
        r.name for m in en.measures.values() for r in (*m.head, *m.requires)
    ]


def test_every_file_teaches_and_is_given_policy_first(tmp_path: Path) -> None:
    for language in LANGUAGES:
        folder = tmp_path / language / "my-notice"
        written = started(folder, language)
        assert written[0] == folder / "policy.yaml"
        assert sorted(written) == sorted(path for path in folder.rglob("*") if path.is_file())
        assert all(path.read_text(encoding="utf-8").startswith("# ") for path in written)


def test_an_empty_folder_will_do(tmp_path: Path) -> None:
    assert started(tmp_path, "zh")


def refused(folder: Path) -> str:
    """The code of the problem that keeps a policy from being written, which has words in both languages."""
    problem = new_policy(folder, "en")
    assert isinstance(problem, Problem)
    assert all("{" not in says(problem, language) for language in LANGUAGES)
    return problem.code


def test_what_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("kept", encoding="utf-8")
    assert refused(tmp_path) == "new.not-empty"
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    assert refused(tmp_path / "mine.txt") == "new.name"
    (tmp_path / "mine").write_text("kept", encoding="utf-8")
    assert refused(tmp_path / "mine") == "new.not-a-folder"
    assert refused(tmp_path / "mine" / "policy") == "new.unwritten"


@pytest.mark.parametrize("name", ["a: b", "# x", "-x", "a\nb", "[x]", "*", "a'b"])
def test_a_name_that_is_no_name(tmp_path: Path, name: str) -> None:
    assert refused(tmp_path / name) == "new.name"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["2024", "true", "照护津贴-2024", "null", "1e3"])
def test_any_word_may_be_the_name(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    started(folder, "zh")
    problems: list[Problem] = []
    book = load(folder, problems)
    assert problems == []
    assert book is not None
    assert book.policy == name
