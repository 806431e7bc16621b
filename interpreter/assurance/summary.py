"""What `policy check` says at its end: how much was looked at, what was found, which questions are open."""

from __future__ import annotations

from collections.abc import Sequence

from interpreter.language.core import Literal
from interpreter.language.show import show
from interpreter.problems import Language, Problem, Text, fill
from interpreter.rulebook.model import Parameter, Rulebook
from interpreter.rulebook.walk import expressions

_COUNTS = Text("{errors} 个错误，{warnings} 个警告", "{errors}, {warnings}")
_LOOKED_AT = Text(
    "；{measures} 项措施、{tables} 张表中的 {expressions} 个表达式已查",
    "; {expressions} in {measures} and {tables} checked",
)
_FAILED = Text("规则未通过检查，在改好以前 eval 不会运行。", "eval refuses to run until the check passes.")
_HELP = Text(
    "policy check --help-on {code} 说明这个问题，附例子。",
    "policy check --help-on {code} explains it, with examples.",
)
_OPEN = Text(
    "待定  {count} 个问题尚未定论（不影响使用）",
    "open  {count} question is not decided yet (not an error)|"
    "open  {count} questions are not decided yet (not an error)",
)
_LIST = Text("  policy check --questions 列出", "  policy check --questions")
_FOR_NOW, _NO_READING, _BASIS = Text("暂按", "for now"), Text("尚无口径", "no reading yet"), Text("依据", "basis")


def summary(rulebook: Rulebook | None, problems: Sequence[Problem], language: Language, *, questions: bool) -> str:
    """The closing lines of a check; `questions` lists the open ones."""
    blocks = []
    if rulebook is not None:
        blocks = _open_questions(rulebook, language, listed=questions)
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = sum(problem.severity == "warning" for problem in problems)
    line = _counted(_COUNTS, language, errors=errors, warnings=warnings)
    if rulebook is not None:
        line += _counted(
            _LOOKED_AT, language, measures=len(rulebook.measures), tables=len(rulebook.tables),
            expressions=len({id(found) for found in expressions(rulebook)}),
        )
    blocks.append(line + Text("。", ".").to(language))
    if errors or rulebook is None:
        blocks.append(_FAILED.to(language))
    if problems:
        blocks.append(fill(_HELP, language, code=problems[0].code))
    return "\n".join(blocks) + "\n"


def _counted(template: Text, language: Language, **counts: int) -> str:
    """The template with its counts; in English the names of the holes are the words that are counted."""
    if language == "zh":
        return template.zh.format(**counts)
    return template.en.format(**{
        noun: f"{count} {noun[:-1] if count == 1 else noun}" for noun, count in counts.items()
    })


def _open_questions(rulebook: Rulebook, language: Language, *, listed: bool) -> list[str]:
    """How many questions nobody has decided, each of them if `listed`, and an empty line; nothing where all are."""
    found = [p for p in rulebook.parameters.values() if p.question is not None and p.decided_by is None]
    if not found:
        return []
    first = fill(_OPEN, language, count=len(found))
    if not listed:
        return [first + _LIST.to(language), ""]
    return [first, *(line for parameter in found for line in _question(parameter, language)), ""]


def _question(parameter: Parameter, language: Language) -> list[str]:
    place = f"{parameter.where.source.name.rsplit('/', 1)[-1]}:{parameter.where.line}"
    lines = [f"  {parameter.label}  {parameter.name}  {place}", f"    {parameter.question}"]
    if parameter.values:
        last = parameter.values[-1].value
        value = show(last.core.value, parameter.type, language) if isinstance(last.core, Literal) else last.text
        lines.append(f"    {_FOR_NOW.to(language)} {value}")
    else:
        lines.append(f"    {_NO_READING.to(language)}")
    if parameter.basis:
        lines.append(f"    {_BASIS.to(language)} {parameter.basis}")
    return lines

