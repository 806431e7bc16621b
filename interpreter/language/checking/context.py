"""What every check has at hand: the text, the names in scope, and the problems found so far."""

from __future__ import annotations

from dataclasses import dataclass, replace

from interpreter.language.scope import Scope
from interpreter.language.tree import Tree
from interpreter.language.typed import Typed
from interpreter.language.types import BROKEN, say_type
from interpreter.problems import Fragment, Label, Problem, Span


@dataclass(frozen=True, slots=True)
class Check:
    fragment: Fragment
    scope: Scope
    problems: list[Problem]

    def within(self, scope: Scope) -> Check:
        return replace(self, scope=scope)

    def span(self, tree: Tree) -> Span:
        return self.fragment.span(tree.start, tree.end)

    def fail(self, code: str, tree: Tree, *marked: Typed, **fields: object) -> Typed:
        """Notes a problem at `tree`, with the types of the `marked` parts under them; the result fits everywhere.

        A field that is None, a guess that nobody has, is left out.
        """
        labels = tuple(Label(self.span(part.tree), say_type(part.type)) for part in marked)
        known = {name: value for name, value in fields.items() if value is not None}
        self.problems.append(Problem(code, self.span(tree), known, labels=labels))
        return Typed(tree, BROKEN)
