"""What `policy check` says at its end: how much was looked at, what was found, which questions are open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from interpreter.language.expression import Expression
from interpreter.language.show import show
from interpreter.problems import Language, Problem, Span, Text
from interpreter.rulebook.model import Parameter, Rulebook

_COUNTS = Text(
    "{errors} 个错误，{warnings} 个警告；{measures} 项措施、{tables} 张表中的 {expressions} 个表达式已查。",
    "{errors} errors, {warnings} warnings; {expressions} expressions in {measures} measures and {tables} tables checked.",
)
_FAILED = Text(
    "规则未通过检查，在改好以前 eval 不会运行。", "eval refuses to run until the check passes.",
)
_OPEN = Text(
    "待定  {count} 个开放问题还没有决定（不影响使用）", "open  {count} questions are not decided yet (not an error)",
)
_LIST = Text("  policy check --questions 列出", "  policy check --questions lists them")
_WORDS = (Text("暂按", "for now"), Text("尚无口径", "no reading yet"), Text("依据", "basis"))


def summary(rulebook: Rulebook | None, problems: Sequence[Problem], language: Language, *, questions: bool) -> str:
    """The closing lines of a check; `questions` lists the open ones."""
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = sum(problem.severity == "warning" for problem in problems)
    if rulebook is None:
        counts = Text(f"{errors} 个错误，{warnings} 个警告。", f"{errors} errors, {warnings} warnings.")
        return f"{counts.to(language)}\n{_FAILED.to(language)}\n"
    lines = []
    undecided = [p for p in rulebook.parameters.values() if p.question is not None and p.decided_by is None]
    if undecided:
        lines.append(_OPEN.to(language).format(count=len(undecided)) + ("" if questions else _LIST.to(language)))
        if questions:
            for parameter in undecided:
                lines += _question(parameter, language)
        lines.append("")
    lines.append(
        _COUNTS.to(language).format(
            errors=errors, warnings=warnings, measures=len(rulebook.measures), tables=len(rulebook.tables),
            expressions=len({id(found) for found in _expressions(rulebook)}),
        )
    )
    if errors:
        lines.append(_FAILED.to(language))
    return "\n".join(lines) + "\n"


def _question(parameter: Parameter, language: Language) -> list[str]:
    for_now, nothing, basis = (word.to(language) for word in _WORDS)
    values = [
        show(dated.value.core.value, parameter.type, language)  # type: ignore[union-attr]
        for dated in parameter.values[-1:]
    ]
    place = f"{parameter.where.source.name.rsplit('/', 1)[-1]}:{parameter.where.line}"
    lines = [f"  {parameter.label}  {parameter.name}  {place}", f"    {parameter.question}"]
    lines.append(f"    {for_now} {values[0]}" if values else f"    {nothing}")
    if parameter.basis:
        lines.append(f"    {basis} {parameter.basis}")
    return lines


def _expressions(value: Any) -> Iterator[Expression]:
    """Every expression of a rulebook, found by going through what it is made of."""
    if isinstance(value, Expression):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _expressions(item)
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _expressions(item)
    elif is_dataclass(value) and not isinstance(value, Span | type):
        if type(value).__module__.startswith("interpreter.rulebook"):
            for field in fields(value):
                yield from _expressions(getattr(value, field.name))
