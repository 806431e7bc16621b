"""Things of a file in the order of their use: what others need comes first, and nothing needs itself."""

from __future__ import annotations

from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from interpreter.problems import Label, Span, Text
from interpreter.rulebook.draft import Draft


def in_order_of_use(
    uses: Mapping[str, frozenset[str]], places: Mapping[str, Span], code: str, draft: Draft
) -> list[str]:
    """The names of `uses` with those first that others use. Circles are told as `code`, each once, and their members
    left out. `uses` is in the order of the file; names that are none of its keys do not count."""
    # lists in the order of the file: the order of a set would give other slots and faults in each run
    used = {name: [other for other in uses if other in names] for name, names in uses.items()}
    while True:
        try:
            return list(TopologicalSorter(used).static_order())
        except CycleError as error:
            circle: list[str] = list(reversed(error.args[1]))
            start = min(range(len(circle) - 1), key=lambda i: list(uses).index(circle[i]))
            circle = [*circle[start:-1], *circle[:start], circle[start]]
            labels = tuple(
                Label(places[name], Text(f"用到 {after}", f"uses {after}")) for name, after in pairwise(circle)
            )
            draft.problem(code, places[circle[0]], labels=labels, name=circle[0], circle=" → ".join(circle))
            used = {
                name: [other for other in others if other not in circle]
                for name, others in used.items() if name not in circle
            }
