"""Which names a policy may give to its things, so that each word of an expression means one thing."""

from __future__ import annotations

from typing import Literal

from interpreter.language.scope import Meaning
from interpreter.problems import Label, Span, Text
from interpreter.rulebook.draft import Draft

NameKind = Literal["fact", "parameter", "table", "definition", "variable"]

HISTORY = "history"
AS_OF = "as_of"
BUILT_IN = frozenset({HISTORY, AS_OF})
KEYWORDS = frozenset({
    "if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "and", "or", "not", "between", "true",
    "false", "null", "item", "claimant",
})

_KINDS: dict[NameKind, Text] = {
    "fact": Text("事实", "a fact"),
    "parameter": Text("参数", "a parameter"),
    "table": Text("表", "a table"),
    "definition": Text("定义", "a definition"),
    "variable": Text("变量", "a variable"),
}


def allowed(name: str, where: Span, kind: NameKind, draft: Draft) -> bool:
    """Whether a name may be given: no word of the language, and nothing else's name already.

    A definition may be called like a built-in function, and then goes before it: the language grows without taking
    words away from the policies that are there.
    """
    if name in KEYWORDS or name in BUILT_IN or (kind == "definition" and name == "at"):
        draft.problem("name.reserved", where, name=name)
        return False
    first = draft.places.get(name)
    if first is not None:
        draft.problem(
            "name.clash", where, labels=(Label(first, Text("先在这里", "first here")),), name=name, kind=_KINDS[kind],
            first=str(first),
        )
        return False
    return True


def declare(meaning: Meaning, name: str, where: Span, kind: NameKind, draft: Draft) -> None:
    """Makes a name known to the expressions of the policy."""
    if allowed(name, where, kind, draft):
        draft.names[name] = meaning
        draft.places[name] = where
