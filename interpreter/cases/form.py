"""A blank form: a case file to fill in, with what each entry means beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from interpreter.language.types import (
    Boolean,
    Choice,
    DateTimeType,
    DateType,
    Field,
    List,
    MonthType,
    Number,
    RecordType,
    TextType,
    TimeType,
    Type,
    say_type,
)
from interpreter.problems import Language, PolicyError, Problem, Text
from interpreter.rulebook.model import Rulebook

_COLUMN = 24
"""Where comments begin at the earliest."""
_INTRO = (
    Text(
        "填写说明：冒号后面空一格写内容；空着表示未知，不等于没有。",
        "Write after the colon and a blank. Empty means not known, which is not the same as none.",
    ),
    Text(
        "列表：去掉行首的“# ”逐行填写，可以复制多行；一行也没有则在冒号后写 []。",
        'Lists: take away the "# " and fill in row by row, copying as needed; for none write [] after the colon.',
    ),
)
_CLAIMS = Text("申请事项，例如 [{names}]；空着则只作试算", "what is claimed, e.g. [{names}]; empty for a trial")
_FORMATS = {
    "resident id": Text("18 位身份证件号码", "identity number of 18 characters"),
    "credit code": Text("18 位统一社会信用代码", "social credit code of 18 characters"),
}


class _Line(NamedTuple):
    """One line of the form: what is written, and the comment beside it."""

    written: str
    comment: str = ""


def blank_form(rulebook: Rulebook, claimant: str, language: Language) -> str:
    """The form of one claimant as a YAML case: the claimant's own fact and the facts that order and date every case.

    Filled in, it is read by `read_case`. Raises `PolicyError` where the rulebook has no such claimant.
    """
    known = rulebook.claimants.get(claimant)
    if known is None:
        names = ", ".join(rulebook.claimants)
        raise PolicyError([Problem("case.claimant", None, {"value": claimant, "want": Text(names, names)})])
    leading = [e.text.strip().partition(".")[0] for e in (rulebook.as_of, *rulebook.order)]
    roots = [rulebook.facts[name] for name in dict.fromkeys((*leading, known.fact)) if name in rulebook.facts]
    measures = [m for m in rulebook.measures.values() if m.claimant == claimant]
    claims = _CLAIMS.to(language).format(names=", ".join(m.name for m in measures))
    lines = [
        _Line("", f"{rulebook.title}（{rulebook.number}）"),
        *(_Line("", text.to(language)) for text in _INTRO), _Line(""),
        _Line(f"policy: {rulebook.policy}"), _Line("claims:", claims),
        *(_Line("", f"  {m.name}  {m.title}") for m in measures),
    ]
    for root in roots:
        lines += [_Line(""), *_field(Field(root.name, root.label, root.type), "", language)]
    # a comment that touches what stands before it would be part of it
    column = max(_COLUMN, *(len(line.written) + 2 for line in lines if line.comment))
    return "".join(f"{_laid_out(line, column)}\n" for line in lines)


def _laid_out(line: _Line, column: int) -> str:
    if not line.comment:
        return line.written
    comment = line.comment.replace("\n", " ")
    return f"{line.written:<{column}}# {comment}" if line.written else f"# {comment}"


def _field(field: Field, indent: str, language: Language) -> Iterator[_Line]:
    yield _Line(f"{indent}{field.name}:", comment(field, language))
    match field.type:
        case RecordType(table=None) as type:
            yield from _fields(type, indent + "  ", language)
        case List(item=RecordType(table=None) as type):
            head = f"{indent}# "
            for number, line in enumerate(_fields(type, "", language)):
                yield _Line(f"{head}{'- ' if number == 0 else '  '}{line.written}", line.comment)


def _fields(type: RecordType, indent: str, language: Language) -> Iterator[_Line]:
    for field in type.fields.values():
        yield from _field(field, indent, language)


def comment(field: Field, language: Language) -> str:
    """What a field wants, in one line: its label, its kind of value, whether it is required, its proof."""
    zh = language == "zh"
    parts = [_wanted(field.type, language)]
    if field.ongoing is not None:
        parts.append(f"或 {field.ongoing}" if zh else f"or {field.ongoing}")
    if field.required:
        parts.append("必填" if zh else "required")
    if field.default is not None:
        parts.append("可不填" if zh else "may stay empty")
    if field.provided:
        parts.append("一般由明细算出，不必填" if zh else "computed from the rows, normally left empty")
    if field.proof is not None:
        parts.append(f"证明：{field.proof}" if zh else f"proof: {field.proof}")
    joined = ("；" if zh else "; ").join(part for part in parts if part)
    return f"{field.label}{'：' if zh else ': '}{joined}" if joined else field.label


def _wanted(type: Type, language: Language) -> str:
    zh = language == "zh"
    match type:
        case TextType(format=form) if form in _FORMATS:
            return _FORMATS[form].to(language)
        case TextType():
            return "文字" if zh else "text"
        case Boolean():
            return "是 或 否" if zh else "true or false"
        case Choice(members=members):
            return "、".join(label for _, label in members) if zh else ", ".join(label for _, label in members)
        case DateType():
            return "年-月-日，例如 2021-03-15" if zh else "year-month-day, e.g. 2021-03-15"
        case MonthType():
            return "年-月，例如 2021-03" if zh else "year-month, e.g. 2021-03"
        case TimeType():
            return "时:分:秒，例如 17:00:00" if zh else "hh:mm:ss, e.g. 17:00:00"
        case DateTimeType():
            example = "2021-03-15T17:00:00"
            return f"年-月-日T时:分:秒，例如 {example}" if zh else f"yyyy-mm-ddThh:mm:ss, e.g. {example}"
        case Number(places=places, unit=unit):
            said = say_type(Number(places)).to(language)
            if unit is None or not unit.powers:
                return said
            return f"{said}（{unit}）" if zh else f"{said}, {unit}"
        case List(item=RecordType(table=None)):
            return "列表" if zh else "list"
        case List(item=item):
            return f"列表 [{_wanted(item, language)}, …]" if zh else f"list [{_wanted(item, language)}, ...]"
        case RecordType(table=None):
            return ""
        case RecordType(label=label):
            return f"{label}的名称或代码" if zh else f"name or code of {label}"
    return say_type(type).to(language)
