"""What a batch cannot work out is told with its place."""

from __future__ import annotations

from pathlib import Path

from interpreter.batch.checks import check_batch
from interpreter.problems import Problem
from interpreter.rulebook.load import load
from interpreter.rulebook.starter.new import new_policy


def found(tmp_path: Path, when: str) -> list[tuple[str, str, str]]:
    new_policy(tmp_path / "care", "en")
    measure = tmp_path / "care" / "measures" / "care_allowance.yaml"
    text = measure.read_text(encoding="utf-8")
    assert "  area_covered:\n" in text
    extra = f"  extra:\n    when: {when}\n    say: an extra\n  area_covered:\n"
    measure.write_text(text.replace("  area_covered:\n", extra, 1), encoding="utf-8")
    problems: list[Problem] = []
    rulebook = load(tmp_path / "care", problems)
    assert rulebook is not None, problems
    told: list[Problem] = []
    check_batch(rulebook, told)
    for problem in told:
        assert problem.where is not None
        assert problem.where.source.name.endswith("care_allowance.yaml")
    return [(problem.code, problem.severity, str(problem.fields["name"])) for problem in told]


def test_a_function_no_batch_has_is_an_error(tmp_path: Path) -> None:
    assert found(tmp_path, """'matches(carer.name, "^A")'""") == [("batch.function", "error", "matches")]


def test_a_function_of_the_interpreter_is_a_note(tmp_path: Path) -> None:
    assert found(tmp_path, """'string join([carer.name]) = "A"'""") == [("batch.slow", "note", "string join")]


def test_all_else_is_in_a_batch(tmp_path: Path) -> None:
    assert found(tmp_path, """'carer.name = "A"'""") == []
