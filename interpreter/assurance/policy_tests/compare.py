"""A decision beside what a test expects of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from interpreter.assurance.policy_tests.model import Difference, Expected, ExpectedMeasure
from interpreter.decision.model import Decision, Finding, Line, MeasureDecision, Outcome
from interpreter.decision.report.words import OUTCOME
from interpreter.language.values import plain
from interpreter.problems import Text

NOTHING = Text("无", "none")


def differences(decision: Decision, expected: Iterable[tuple[str, ExpectedMeasure]]) -> Iterator[Difference]:
    """What came out otherwise than expected, measure by measure."""
    decided = {measure.measure: measure for measure in decision.measures}
    for name, wanted in expected:
        measure = decided.get(name)
        if measure is None:
            yield Difference(Text(name, name), Text("有这一项的决定", "a decision"), Text("没有", "there is none"))
            continue
        title = Text(measure.title, measure.title)
        # a measure owes its outcome to the lines that have it
        deciding = [line for line in measure.lines if line.outcome == measure.outcome]
        yield from _compared(title, wanted.whole, measure, deciding)
        for label, of_line in wanted.lines:
            line = _line(measure, label)
            named = Text(f"{title.zh} {label}", f"{title.en} {label}")
            if line is None:
                yield Difference(named, Text("有这一行", "such a line"), Text("没有", "there is none"))
            else:
                yield from _compared(named, of_line, line, [line])


def line_label(line: Line) -> str:
    """What a test calls a line: the values of its loop, records by their key."""
    return " ".join(str(plain(part.value)) for part in line.key)


def _line(measure: MeasureDecision, label: str) -> Line | None:
    """The line of that label, else of that number (from 1): the second of one label has only the latter."""
    for line in measure.lines:
        if line_label(line) == label:
            return line
    number = int(label) if label.isdecimal() and len(label) < 6 else 0
    return measure.lines[number - 1] if 1 <= number <= len(measure.lines) else None


def _compared(
    subject: Text, expected: Expected, found: MeasureDecision | Line, lines: list[Line]
) -> Iterator[Difference]:
    because = tuple(_reasons(lines))
    decided = {name for line in lines for name in _not_met(line.findings)}
    if expected.outcome is not None and found.outcome != expected.outcome:
        want = OUTCOME[_outcome(expected.outcome)]
        if expected.not_met:
            names = ", ".join(expected.not_met)
            want = Text(f"{want.zh}（因 {names}）", f"{want.en} (by {names})")
        yield Difference(subject, want, OUTCOME[found.outcome], because)
    elif expected.not_met is not None and set(expected.not_met) != decided:
        yield Difference(subject, _because(expected.not_met), _because(decided), because)
    if expected.amount is not None and found.amount != expected.amount:
        yield Difference(subject, _amount(expected.amount), _amount(found.amount))
    missing, open_points = {fact.path for fact in found.missing}, {point.name for point in found.open_points}
    if expected.missing is not None and set(expected.missing) != missing:
        yield Difference(subject, _names("缺", "missing", expected.missing), _names("缺", "missing", missing))
    if expected.open_points is not None and set(expected.open_points) != open_points:
        zh, en = "本机关未定", "open"
        yield Difference(subject, _names(zh, en, expected.open_points), _names(zh, en, open_points))


def _outcome(word: str) -> Outcome:
    return next(outcome for outcome in OUTCOME if outcome == word)


def _not_met(findings: Iterable[Finding]) -> Iterator[str]:
    """The requirements, at their innermost, that were not met and decided."""
    for finding in findings:
        if finding.decided and finding.state == "not met":
            inner = list(_not_met(finding.parts))
            yield from inner or [finding.requirement]


def _reasons(lines: list[Line]) -> Iterator[Text]:
    """The sentences of the requirements that decided, each once."""
    seen = set()
    for line in lines:
        for finding in line.findings:
            if finding.decided and finding.state != "met" and finding.say not in seen:
                seen.add(finding.say)
                zh, en = ("不符", "not met") if finding.state == "not met" else ("未知", "unknown")
                yield Text(f"{zh}  {finding.say}", f"{en}  {finding.say}")


def _because(names: Iterable[str]) -> Text:
    return _names("因", "by", names)


def _names(zh: str, en: str, names: Iterable[str]) -> Text:
    joined = ", ".join(sorted(names))
    return Text(f"{zh} {joined or NOTHING.zh}", f"{en} {joined or NOTHING.en}")


def _amount(amount: Decimal | None) -> Text:
    if amount is None:
        return Text("没有金额", "no amount")
    return Text(f"金额 {amount:,}", f"amount {amount:,}")
