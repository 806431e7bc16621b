"""A place in a case, said three ways: as written (for positions), dotted (for commands), in the reader's words."""

from __future__ import annotations

from dataclasses import dataclass

from interpreter.cases.document import Path
from interpreter.language.types import Field, List, RecordType
from interpreter.problems import Text
from interpreter.rulebook.model import FactRoot


@dataclass(frozen=True, slots=True)
class _Words:
    """The words so far, the fact at the top apart since it is left out once a list follows."""

    root: Text | None = None
    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()


class Here:
    """A place, by the one around it and its key there. Most places are passed by in silence, so what is said of one is
    only put together when it is asked for."""

    __slots__ = ("_around", "_key", "_label", "_name", "_step", "listed")

    def __init__(
        self, around: Here | None = None, key: str | int = "", name: str = "", label: str = "", step: str = "top",
        listed: bool = False,
    ) -> None:
        self._around, self._key, self._name, self._label, self._step = around, key, name, label, step
        self.listed = listed
        """Inside a list."""

    @classmethod
    def at(cls, root: FactRoot, key: str) -> Here:
        """A fact at the top, written under `key`."""
        return cls(cls(), key, root.name, root.label, "root")

    def named(self, key: str, label: str) -> Here:
        """A key of the case that is no fact (claims, history) or a part of one."""
        return Here(self, key, key, label, "field", self.listed)

    def field(self, key: str, field: Field) -> Here:
        """A field of a record, written under `key`."""
        return Here(self, key, field.name, field.label, "field", self.listed)

    def row(self, index: int, of: List | None = None) -> Here:
        """A row of a list; in English it is called by what it is (`insured month 2`)."""
        item = of.item if of is not None else None
        return Here(self, index, str(index + 1), item.name if isinstance(item, RecordType) else "", "row", True)

    @property
    def path(self) -> Path:
        """Keys as they are written, rows from 0."""
        return () if self._around is None else (*self._around.path, self._key)

    @property
    def dotted(self) -> str:
        """Ids, rows from 1, with dots between them."""
        if self._around is None:
            return ""
        before = self._around.dotted
        return f"{before}.{self._name}" if before else self._name

    @property
    def text(self) -> Text:
        """The place in the reader's words: `参保记录第 2 行 费款所属期`, `insured month 2, month`."""
        words = self._said()
        shown = words.root if not self.listed else None
        zh, en = ((shown.zh,), (shown.en,)) if shown is not None else ((), ())
        return Text(" ".join((*zh, *words.zh)), ", ".join((*en, *words.en)))

    def _said(self) -> _Words:
        if self._around is None:
            return _Words()
        so_far = self._around._said()
        match self._step:
            case "root":
                return _Words(Text(self._label, _words(self._name)))
            case "row":
                last = so_far.zh[-1] if so_far.zh else so_far.root.zh if so_far.root else ""
                name = so_far.en[-1] if so_far.en else so_far.root.en if so_far.root else ""
                called = _words(self._label) or name
                zh, en = f"{last}第 {self._name} 行", f"{called} {self._name}"
                return _Words(so_far.root, (*so_far.zh[:-1], zh), (*so_far.en[:-1], en))
            case _:
                return _Words(so_far.root, (*so_far.zh, self._label), (*so_far.en, _words(self._name)))


def _words(name: str) -> str:
    return name.replace("_", " ")
