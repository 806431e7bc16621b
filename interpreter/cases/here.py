"""A place in a case, said three ways: as written (for positions), dotted (for commands), in the reader's words."""

from __future__ import annotations

from dataclasses import dataclass

from interpreter.cases.document import Path
from interpreter.language.types import Field, List, RecordType
from interpreter.problems import Text
from interpreter.rulebook.model import FactRoot


@dataclass(frozen=True, slots=True)
class Here:
    """`path` as written; `dotted` with ids and rows from 1; `zh` and `en` the words so far, the root apart since it is
    left out once a list follows. `listed`: inside a list."""

    path: Path = ()
    dotted: str = ""
    root: Text | None = None
    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    listed: bool = False

    @classmethod
    def at(cls, root: FactRoot, key: str) -> Here:
        """A fact at the top, written under `key`."""
        return cls((key,), root.name, Text(root.label, _words(root.name)))

    def named(self, key: str, label: str) -> Here:
        """A key of the case that is no fact (claims, history) or a part of one."""
        return Here(
            (*self.path, key), self._dotted(key), self.root, (*self.zh, label), (*self.en, _words(key)), self.listed
        )

    def field(self, key: str, field: Field) -> Here:
        """A field of a record, written under `key`."""
        return Here(
            (*self.path, key), self._dotted(field.name), self.root, (*self.zh, field.label),
            (*self.en, _words(field.name)), self.listed,
        )

    def row(self, index: int, of: List | None = None) -> Here:
        """A row of a list; in English it is called by what it is (`insured month 2`)."""
        number = index + 1
        last = self.zh[-1] if self.zh else self.root.zh if self.root else ""
        name = self.en[-1] if self.en else self.root.en if self.root else ""
        item = of.item if of is not None else None
        called = _words(item.name) if isinstance(item, RecordType) else name
        return Here(
            (*self.path, index), self._dotted(str(number)), self.root, (*self.zh[:-1], f"{last}第 {number} 行"),
            (*self.en[:-1], f"{called} {number}"), True,
        )

    def _dotted(self, name: str) -> str:
        return f"{self.dotted}.{name}" if self.dotted else name

    @property
    def text(self) -> Text:
        """The place in the reader's words: `参保记录第 2 行 费款所属期`, `insured month 2, month`."""
        show_root = self.root is not None and not self.listed
        zh = ((self.root.zh,) if show_root and self.root else ()) + self.zh
        en = ((self.root.en,) if show_root and self.root else ()) + self.en
        return Text(" ".join(zh), ", ".join(en))


def _words(name: str) -> str:
    return name.replace("_", " ")
