"""Facts as people fill them in: a tree of records and fields, each with what may stand there and how it is shown."""

from __future__ import annotations

from interpreter.language.show import show
from interpreter.language.types import Field, List, Number, RecordType, Type
from interpreter.language.unknown import Unknown
from interpreter.rulebook.model import Rulebook
from interpreter.rulebook.showing import words
from interpreter.rulebook.showing.layout import GAP, beside
from interpreter.rulebook.showing.view import View


def field_at(book: Rulebook, path: str) -> Field | None:
    """The field at a schema path, `worker.insurance.month`; a fact at the top as if it were a field."""
    head, *names = path.split(".")
    if head not in book.facts:
        return None
    root = book.facts[head]
    found = Field(head, root.label, root.type)
    for name in names:
        of = inner(found.type)
        if not isinstance(of, RecordType) or of.table is not None or name not in of.fields:
            return None
        found = of.fields[name]
    return found


def inner(of: Type) -> Type:
    """The type of a value, or of each value of a list."""
    return of.item if isinstance(of, List) else of


def facts(view: View, paths: frozenset[str], cells: int) -> list[str]:
    """The facts at some schema paths, in the order of the vocabulary; figures that a case may give stand last."""
    lines: list[str] = []
    told: set[str] = set()
    for cause in view.book.causes:
        if cause.kind != "fact" or cause.name not in paths:
            continue
        steps = cause.name.split(".")
        for deep in range(1, len(steps) + 1):
            path = ".".join(steps[:deep])
            field = field_at(view.book, path)
            if path not in told and field is not None:
                told.add(path)
                lines += field_lines(view, field, cells, deep - 1)
    provided = [(path, found) for path in sorted(paths) if (found := field_at(view.book, path)) and found.provided]
    if provided:
        names = view.listed(view.named(found.label, path) for path, found in provided)
        lines += beside("", view.fill(words.OR_PROVIDED, names), cells)
    return lines


def field_lines(view: View, field: Field, cells: int, deep: int = 0, *, name: bool = False) -> list[str]:
    """A field: its label, what is written there, its marks, and how it is shown at the right."""
    label = view.named(field.label, field.name) if name else field.label
    proof = "" if field.proof is None else view.fill(words.PROOF, field.proof)
    return beside("  " * deep, GAP.join([label, *marks(view, field, opened=not name)]), cells, proof)


def marks(view: View, field: Field, *, opened: bool) -> list[str]:
    """What may stand in a field, and what holds of it besides; of a record that is `opened` its fields say it."""
    of = inner(field.type)
    nested = isinstance(field.type, RecordType) and field.type.table is None
    texts = [] if nested and opened else [view.type(field.type)]
    if isinstance(of, Number):
        for bound, template in ((of.low, words.AT_LEAST), (of.high, words.AT_MOST)):
            texts += [] if bound is None else [view.fill(template, show(bound, of, view.language))]
    if field.ongoing is not None:
        texts.append(view.fill(words.ONGOING, field.ongoing))
    if field.default is not None and not isinstance(field.default, Unknown):
        texts.append(view.fill(words.DEFAULT, show(field.default, field.type, view.language)))
    texts += [view.fill(words.REQUIRED)] if field.required else []
    texts += [view.fill(words.PRIVATE)] if field.private else []
    texts += [view.fill(words.COMPUTED)] if field.provided else []
    return [view.listed(texts, words.COMMA)] if texts else []
