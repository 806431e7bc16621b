"""What every check has at hand: the text, the names in scope, and the problems found so far."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from interpreter.language.scope import Scope
from interpreter.language.tree import Tree
from interpreter.language.typed import Typed
from interpreter.language.types import BROKEN, say_type
from interpreter.problems import Fragment, Label, Problem, Severity, Span


@dataclass(frozen=True, slots=True)
class Check:
    """`known` are the calls of `is known` that stand where they may."""

    fragment: Fragment
    scope: Scope
    problems: list[Problem]
    known: frozenset[Tree] = frozenset()

    def within(self, scope: Scope) -> Check:
        return replace(self, scope=scope)

    def span(self, tree: Tree) -> Span:
        return self.fragment.span(tree.start, tree.end)

    def fail(self, code: str, tree: Tree, *marked: Typed, **fields: object) -> Typed:
        """Notes a problem at `tree`, with the types of the `marked` parts under them; the result fits everywhere.

        A field that is None, a guess that nobody has, is left out.
        """
        self._note("error", code, tree, marked, fields)
        return Typed(tree, BROKEN)

    def warn(self, code: str, tree: Tree, **fields: object) -> None:
        """Notes what may be meant otherwise."""
        self._note("warning", code, tree, (), fields)

    def _note(
        self, severity: Severity, code: str, tree: Tree, marked: tuple[Typed, ...], fields: Mapping[str, object]
    ) -> None:
        labels = tuple(Label(self.span(part.tree), say_type(part.type)) for part in marked)
        known = {name: value for name, value in fields.items() if value is not None}
        self.problems.append(Problem(code, self.span(tree), known, severity, labels))


Checker = Callable[[Tree, Check], Typed]
"""The checker itself, for what is checked in a scope of its own."""
