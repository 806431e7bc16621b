"""What was granted before, and what may yet be: where limits look for rivals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from interpreter.decision.shelf import Shelf
from interpreter.language.unknown import Unknown, Value
from interpreter.language.values import Record, plain


@dataclass(frozen=True, slots=True)
class Grant:
    """An earlier grant, or (`sure` False) an undecided claim of another case that may become one. `key` are the values
    by name that records stand for; `number` that of the decision."""

    measure: str
    key: dict[str, Value]
    amount: Decimal | None
    number: str | None
    sure: bool = True


def matches(wanted: dict[str, Value], key: dict[str, Value]) -> bool | None:
    """Whether a key is the wanted one; None where that is not known (a part is missing or unknown)."""
    certain = True
    for name, value in wanted.items():
        other = key.get(name)
        if other is None or isinstance(other, Unknown) or isinstance(value, Unknown):
            certain = False
        elif other != value:
            return False
    return True if certain else None


def key_value(value: Value) -> Any:
    """A key part as it is kept and compared: a record stands for its key."""
    return plain(value) if isinstance(value, Record) else value


class Ledger:
    """Grants by measure, in the order they were made."""

    def __init__(self, history: Iterable[Record] = ()) -> None:
        self._grants: dict[str, Shelf[Grant]] = {}
        self._shut: dict[str, Shelf[dict[str, Value]]] = {}
        for entry in history:
            self.add(_from_history(entry))

    def add(self, grant: Grant) -> None:
        self._grants.setdefault(grant.measure, Shelf()).add(grant.key, grant)

    def close(self, limit: str, key: dict[str, Value]) -> None:
        """Notes that a claim with this key did not fit under a limit, so that none after it does."""
        self._shut.setdefault(limit, Shelf()).add(key, key)

    def shut(self, limit: str, key: dict[str, Value]) -> list[dict[str, Value]]:
        """The keys shut under a limit that may be this one."""
        return self._shut[limit].like(key) if limit in self._shut else []

    def of(self, measures: tuple[str, ...], key: dict[str, Value]) -> list[Grant]:
        """The grants of some measures whose key may be this one."""
        return list(self.each(measures, key))

    def each(self, measures: tuple[str, ...], key: dict[str, Value]) -> Iterator[Grant]:
        """The same one by one."""
        return (grant for name in measures if name in self._grants for grant in self._grants[name].like(key))


class Earlier:
    """Earlier decisions that stand before every case of a batch, beside those a case has itself: their entries, and
    the ledger of what they granted."""

    def __init__(self, entries: tuple[Record, ...] = ()) -> None:
        self.entries = entries
        self.ledger = Ledger(entries)


@dataclass(frozen=True, slots=True)
class Before:
    """What stands before a case: ledgers in their order, each with whether it is sure that what stands in it came
    before; where nobody knows, none of it is certain."""

    ledgers: tuple[tuple[Ledger, bool], ...]

    def of(self, measures: tuple[str, ...], key: dict[str, Value]) -> list[Grant]:
        """The grants of some measures whose key may be this one."""
        return [
            grant if sure else replace(grant, sure=False)
            for ledger, sure in self.ledgers for grant in ledger.of(measures, key)
        ]

    def first_open(self, measures: tuple[str, ...], key: dict[str, Value]) -> list[Grant]:
        """The first of those of which it is not sure that they are under the key or came before, if there is any."""
        for ledger, sure in self.ledgers:
            for grant in ledger.each(measures, key):
                same = matches(key, grant.key)
                if same is None or (same and not (sure and grant.sure)):
                    return [grant if sure else replace(grant, sure=False)]
        return []

    def shut(self, limit: str, key: dict[str, Value]) -> list[tuple[dict[str, Value], bool]]:
        """The keys shut under a limit that may be this one, each with whether that is sure to have been before."""
        return [(shut, sure) for ledger, sure in self.ledgers for shut in ledger.shut(limit, key)]


def before(own: Iterable[Record], earlier: Earlier | None = None) -> Before:
    """What was granted before a batch: as a case itself has it, and what is given for all."""
    given = () if earlier is None else ((earlier.ledger, True),)
    return Before(((Ledger(own), True), *given))


def _from_history(entry: Record) -> Grant:
    key = entry.fields.get("key")
    amount = entry.fields.get("amount")
    return Grant(
        entry.fields["measure"], dict(key.fields) if isinstance(key, Record) else {},
        None if amount is None else Decimal(amount), entry.fields.get("number"),
    )
