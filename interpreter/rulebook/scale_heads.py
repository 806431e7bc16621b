"""Heads of scales: which number is cut into brackets, what a bracket says, and by which method that is applied."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from interpreter.language.expression import Expression
from interpreter.language.functions import overloads
from interpreter.language.magnitude import MOST
from interpreter.language.types import Broken, Choice, Field, Number, Ratio, RecordType
from interpreter.language.units import ONE
from interpreter.problems import Fragment
from interpreter.problems.suggest import closest
from interpreter.rulebook import nodes
from interpreter.rulebook.draft import Draft
from interpreter.rulebook.model import Variable
from interpreter.rulebook.reading import Mapping

LOWS = {"above": ">", "at_least": ">="}
"""Columns of the lower end of a bracket, and how an amount in it stands to that end."""

HIGHS = {"up_to": "<=", "below": "<"}

RATE = "rate"

SCALE = (*LOWS, *HIGHS, RATE)
"""The columns that scales have besides those they declare."""

_LABELS = {"above": "超过", "at_least": "不低于", "up_to": "不超过", "below": "低于", RATE: "比率"}

KEYS = ("method", "of", "rounding")
"""Keys that only scales have."""

METHOD = Choice("method", (("marginal", "分段累计"), ("whole", "全额适用")))

ROUNDINGS = ("half up", "half down", "half even", "up", "down")


@dataclass(frozen=True, slots=True)
class Scale:
    """A table of brackets: the input that they cut, the method as written (a word, or an expression that gives one),
    how amounts are rounded, and the type of a rate where the output can have one."""

    of: Variable
    method: Fragment
    rounding: str | None
    rate: Ratio | None
    slots: tuple[int, ...]
    """Of what the formula of a bracket reads besides the input."""
    chosen: Expression | None = None
    """What gives the method, where it is no word."""

    @property
    def word(self) -> str | None:
        """The method, where it is one for all cases."""
        return next((id for id, label in METHOD.members if self.method.text.strip() in (id, label)), None)


def read_scale(
    root: Mapping, takes: tuple[Variable, ...], outputs: tuple[Field, ...], columns: RecordType, draft: Draft
) -> Scale | None:
    """What a table with `kind: scale` says of its brackets, whose columns are added to `columns`; None for others."""
    if nodes.child(root, "kind") is None:
        for key in KEYS:
            if nodes.child(root, key) is not None:
                draft.problem("scale.only", nodes.place(root, key), key=key)
        return None
    if nodes.child(root, "hit") is not None:
        draft.problem("scale.hit", nodes.place(root, "hit"))
    if len(outputs) > 1:
        draft.problem("scale.one-output", nodes.place(root, "outputs"))
    method = nodes.fragment(root, "method")
    if method is None:
        draft.problem("scale.no-method", nodes.place(root, "kind"))
    of = _of(root, takes, draft)
    if of is None or method is None or len(outputs) != 1 or not isinstance(of.type, Number):
        return None
    gives = outputs[0].type
    rate = _rate(gives, of.type) if isinstance(gives, Number) else None
    for name in SCALE:
        columns.fields[name] = Field(name, _LABELS[name], of.type if name != RATE or rate is None else rate)
    return Scale(of, method, _rounding(root, draft), rate, tuple(draft.slots.take() for _ in range(4)))


def _of(root: Mapping, takes: tuple[Variable, ...], draft: Draft) -> Variable | None:
    """The input that brackets cut: the one that `of:` names, or the only number."""
    numbers = [variable for variable in takes if isinstance(variable.type, Number)]
    named = nodes.fragment(root, "of")
    if named is not None:
        found = next((variable for variable in numbers if variable.name == named.text.strip()), None)
        if found is None:
            known = [variable.name for variable in numbers]
            word = named.text.strip()
            draft.problem("scale.of", named.span(), found=word, guess=closest(word, known))
        return found
    if len(numbers) != 1:
        if not any(isinstance(variable.type, Broken) for variable in takes):
            draft.problem("scale.which", nodes.place(root, "inputs"), found=len(numbers))
        return None
    return numbers[0]


def _rate(gives: Number, of: Number) -> Ratio:
    """The type of a rate; one that nobody has set yet is as large as numbers are."""
    return replace(Ratio((gives.unit or ONE) / (of.unit or ONE)), low=Fraction(-MOST), high=Fraction(MOST))


def _rounding(root: Mapping, draft: Draft) -> str | None:
    written = nodes.fragment(root, "rounding")
    if written is None:
        return None
    mode = " ".join(written.text.split()).removeprefix("round ")
    known = [mode for mode in ROUNDINGS if overloads(f"round {mode}")]
    if mode not in known:
        draft.problem(
            "scale.rounding", written.span(), found=mode, guess=closest(mode, known), known=", ".join(known)
        )
        return None
    return mode
