"""The limits over a batch: only cases whose lines may get in each other's way, or in that of earlier decisions, are
gone through in order, as `decision.allocate` does it. SQL has worked out what the lines are and what the limits hang
on, so that no rule is asked again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, cast

import duckdb

from interpreter.batch.filling import fill
from interpreter.batch.relations import CLAIMS, HISTORY, POSITION, literal, scaled
from interpreter.batch.residue import words
from interpreter.batch.rows import case_of, history_of, rows_of_query
from interpreter.batch.sql.limits import CLAIM, UNDER, contested, limits_over, named
from interpreter.batch.sql.mask import Causes
from interpreter.batch.tokens import ranked, token
from interpreter.decision.allocate import Entrant, allocate_all, limits_of
from interpreter.decision.assess import AssessedLine
from interpreter.decision.claims import Claim, keys, placed_under
from interpreter.decision.decide import Opened, engine_for, place_of
from interpreter.decision.engine import Engine
from interpreter.decision.ledger import Earlier, before
from interpreter.language.environment import Environment
from interpreter.language.expression import Expression
from interpreter.language.unknown import Unknown, Value
from interpreter.language.values import Record
from interpreter.rulebook.model import Limit, Rulebook

Row = tuple[Any, ...]
Lines = dict[tuple[str, int], Claim]
"""The lines of a case that is gone through, by measure and number."""

COLUMNS = [
    (POSITION, "BIGINT"), ("measure", "VARCHAR"), ("line", "INTEGER"), ("outcome", "VARCHAR"),
    *((name, stored) for name, stored in CLAIM.items() if name != "under"), *UNDER.items(),
]
"""The columns of the table `claims`: a row for every limit that a line stands under."""


class Stated(Engine):
    """An engine for limits that asks no rule: what their expressions come to has been stated for each line."""

    def value(self, expression: Expression, env: Environment) -> Value:
        # a limit of which a line says nothing is off
        return cast("Mapping[int, Value]", env).get(id(expression), False)


def claims_of(opened: Opened, position: int, rulebook: Rulebook, causes: Causes) -> list[Row]:
    """The rows of `claims` of a case that the interpreter assessed."""
    engine = engine_for(rulebook, record=False)
    found: list[Row] = []
    for measure, _, claims in opened.measures:
        for name, limit in limits_over(measure, rulebook):
            for number, claim in enumerate(claims, 1):
                if not claim.live:
                    continue
                line, placed = claim.line, next(iter(placed_under(limit, [claim], engine)), None)
                # a line for which the limit is off takes room all the same
                key = keys(claim, limit.keys[measure.name], engine) if placed is None else placed.key
                asked = opening = 0
                for unknown in () if placed is None else placed.unsettled:
                    asked |= unknown.causes & engine.fact_bits
                    opening |= unknown.causes & ~engine.fact_bits
                more = rulebook.money.places if limit.amount is not None else 0
                referral = words(line.referral & engine.fact_bits, line.referral & ~engine.fact_bits, causes)
                room = None if placed is None or isinstance(placed.room, Unknown) else scaled(placed.room, more)
                unranked = [None for _ in limit.orders.get(measure.name, ())]
                on = False if placed is None else None if isinstance(placed.on, Unknown) else True
                found.append((
                    position, measure.name, number, line.outcome, _units(line.amount, rulebook), line.many,
                    list(referral), name, [_known(value) for value in key.values()],
                    [_known(value) for value in placed.rank] if placed is not None else unranked, room, on,
                    list(words(asked, opening, causes)) if asked | opening else None,
                ))
    return found


def _units(amount: Value, rulebook: Rulebook) -> int | None:
    return None if amount is None or isinstance(amount, Unknown) else scaled(amount, rulebook.money.places)


def _known(value: Value) -> str | None:
    found = token(value)
    return None if isinstance(found, Unknown) else cast(str, found)


class Competition:
    """The lines of a batch under the limits: of the table `assessed`, and of cases that the interpreter assessed."""

    def __init__(
        self, rulebook: Rulebook, causes: Causes, masks: Sequence[str], order: str | None,
        earlier: Earlier | None = None,
    ) -> None:
        self.rulebook = rulebook
        self.causes = causes
        self.masks = masks
        self.order = order
        """A query with `{}` for the relation of cases: their positions, and what they are put in order by; None where
        only the interpreter can tell."""
        self.engine = Stated(rulebook, False)
        self._most = 0
        """The most that a limit on how many are granted has room for."""
        self._strangers: Counter[str] = Counter()
        self.earlier = None if earlier is None else Earlier(tuple(map(self._earlier, earlier.entries)))

    def settle(self, connection: duckdb.DuckDBPyConnection, source: str, left: Iterable[Row]) -> None:
        """Puts into the table `settled` what the limits change of the lines in `assessed`, with the rows `left` of
        claims that are not there; and into `contested` which cases were gone through."""
        fields = ", ".join(f"c.{name}" for name in CLAIM if name != "under")
        inner = ", ".join(f"u.{name}" for name in UNDER)
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE claims AS SELECT {POSITION}, measure, line, outcome, {fields}, {inner} FROM "
            f"(SELECT {POSITION}, measure, line, outcome, limits AS c, unnest(limits.under) AS u FROM assessed)"
        )
        fill(connection, "claims", COLUMNS, list(left))
        known = f"SELECT {POSITION} FROM {source} WHERE len({HISTORY}) > 0"
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE contested AS {contested(self._sums())} "
            f"UNION SELECT {POSITION} FROM claims WHERE {POSITION} IN ({known})"
        )
        if self.earlier is not None:
            self._meet_earlier(connection, self.earlier)
        if clashing := self._clashing():
            among = ", ".join(map(literal, clashing))
            connection.execute(f"INSERT INTO contested SELECT {POSITION} FROM claims WHERE named IN ({among})")
        changed = self._changed(connection, source)
        stored = [(POSITION, "BIGINT"), ("measure", "VARCHAR"), ("line", "INTEGER"), ("outcome", "VARCHAR"),
                  ("amount", "BIGINT"), *((name, "BIGINT") for name in self.masks)]
        columns = ", ".join(f"{name} {kind}" for name, kind in stored)
        connection.execute(f"CREATE OR REPLACE TEMP TABLE settled ({columns})")
        fill(connection, "settled", stored, changed)
        connection.execute("DROP TABLE claims")

    def _meet_earlier(self, connection: duckdb.DuckDBPyConnection, earlier: Earlier) -> None:
        """Adds to `contested` the cases with a line whose key may be that of an earlier decision given for all."""
        given = {
            (name, *(self._part(entry, part.name) for part in limit.keys[measure.name]))
            for measure in self.rulebook.measures.values() for name, limit in limits_over(measure, self.rulebook)
            for entry in earlier.entries if entry.fields["measure"] in limit.measures
        }
        connection.execute("CREATE OR REPLACE TEMP TABLE given (named VARCHAR, parts VARCHAR[])")
        fill(connection, "given", [("named", "VARCHAR"), ("parts", "VARCHAR[]")], [
            (name, list(parts)) for name, *parts in sorted(given, key=repr)
        ])
        loose = "list_count(parts) < len(parts)"
        connection.execute(
            f"INSERT INTO contested SELECT {POSITION} FROM claims JOIN given USING (named, parts) "
            f"UNION SELECT {POSITION} FROM claims WHERE {loose} AND named IN (SELECT named FROM given) "
            f"UNION SELECT {POSITION} FROM claims WHERE named IN (SELECT named FROM given WHERE {loose})"
        )
        connection.execute("DROP TABLE given")

    @staticmethod
    def _part(entry: Record, name: str) -> Any:
        key = entry.fields.get("key")
        found = key.fields.get(name) if isinstance(key, Record) else None
        return None if isinstance(found, Unknown) else found

    def _clashing(self) -> list[str]:
        """The limits under which a line may be kept by another key than its own: a grant stands under one key for all
        its limits, in which a part that two of them call alike has the value it has for the first."""
        found: dict[str, None] = {}
        for measure in self.rulebook.measures.values():
            over = limits_over(measure, self.rulebook)
            parts = {(part.name, part.value.core) for _, limit in over for part in limit.keys[measure.name]}
            if len(parts) > len({name for name, _ in parts}):
                found |= dict.fromkeys(name for name, _ in over)
        return list(found)

    def _sums(self) -> set[str]:
        return {limit.name for limit in self.rulebook.limits if limit.amount is not None}

    def _changed(self, connection: duckdb.DuckDBPyConnection, source: str) -> list[Row]:
        cases = self._claims(connection)
        entrants = self._entrants(connection, source, cases)
        assessed = {id(claim): claim.line for lines in cases.values() for claim in lines.values()}
        allocate_all(entrants, self.engine, self._matters)
        return [
            self._row(position, measure, number, claim)
            for position, lines in cases.items() for (measure, number), claim in lines.items()
            if claim.line is not assessed[id(claim)]
        ]

    def _matters(self, claim: Claim) -> bool:
        """Whether a claim may change anything for later cases: of those nothing of whose keys is known only as many do
        as there may be room for, where no limit is one of money."""
        name = claim.line.measure
        limits = [one for one in limits_of(self.engine, (self.rulebook.measures[name],)) if name in one.keys]
        env = cast("Mapping[int, Value]", claim.line.env)
        parts = [env.get(id(part.value)) for one in limits for part in one.keys[name]]
        if not claim.undecided or not all(isinstance(part, Unknown) for part in parts) or any(
            one.amount is not None for one in limits
        ):
            return True
        self._strangers[name] += 1
        return self._strangers[name] <= self._most

    def _row(self, position: int, measure: str, number: int, claim: Claim) -> Row:
        line = claim.line
        benefit = self.rulebook.measures[measure].kind == "benefit"
        amount = int(line.amount) if benefit and line.outcome == "granted" else 0 if benefit else None
        return (position, measure, number, line.outcome, amount, *words(line.asked, line.open, self.causes))

    def _claims(self, connection: duckdb.DuckDBPyConnection) -> dict[int, Lines]:
        """The lines of all contested cases, by their positions."""
        names = [name for name, _ in COLUMNS]
        masks = ", ".join(f"a.{name}" for name in self.masks)
        found = connection.execute(
            f"SELECT {', '.join(f'c.{name}' for name in names)}, {masks} FROM claims AS c JOIN assessed AS a "
            f"USING ({POSITION}, measure, line) WHERE {POSITION} IN (SELECT {POSITION} FROM contested) "
            f"ORDER BY {POSITION}"
        )
        cases: dict[int, Lines] = {}
        facts = self.causes.fact_words
        limits = {
            (measure.name, named(limit, measure, self.rulebook)): limit for measure in self.rulebook.measures.values()
            for limit in limits_of(self.engine, (measure,)) if measure.name in limit.keys
        }
        while rows := found.fetchmany(5_000):
            for row in rows:
                (position, measure, number, outcome, worth, many, referral, name, parts, rank, room, on, why,
                 *missing) = row
                of = cases.setdefault(position, {})
                claim = of.get((measure, number))
                if claim is None:
                    claim = of[measure, number] = Claim(self._line(
                        measure, outcome, worth, many, referral, missing[:facts], missing[facts:]
                    ), 0)
                self._state(claim, limits[measure, name], parts, rank, room, on, why)
        return cases

    def _line(
        self, measure: str, outcome: Any, worth: int | None, many: bool, referral: list[int] | None,
        missing: list[int], opened: list[int],
    ) -> AssessedLine:
        entitled = self.rulebook.measures[measure].kind != "benefit"
        amount: Value = None if entitled else Unknown(0) if worth is None else Decimal(worth)
        asked, opening = self.causes.bits(missing, opened)
        return AssessedLine(
            measure, (), (), outcome, amount, (), asked, opening, self._bits(referral), {},
            cast(Environment, {}), many
        )

    def _bits(self, columns: list[int] | None) -> int:
        if not columns:
            return 0
        facts = self.causes.fact_words
        asked, opening = self.causes.bits(columns[:facts], columns[facts:])
        return asked | opening

    def _state(
        self, claim: Claim, limit: Limit, parts: list[str | None], rank: list[str | None], room: int | None,
        on: bool | None, why: list[int] | None,
    ) -> None:
        """Notes what a limit hangs on for a line."""
        unknown = Unknown(self._bits(why))
        env = cast("dict[int, Value]", claim.line.env)
        if limit.when is not None:
            env[id(limit.when)] = unknown if on is None else on
        for part, text in zip(limit.keys[claim.line.measure], parts, strict=True):
            env[id(part.value)] = unknown if text is None else text
        for expression, text in zip(limit.orders.get(claim.line.measure, ()), rank, strict=True):
            env[id(expression)] = unknown if text is None else ranked(text)
        env[id(limit.ceiling)] = unknown if room is None else room
        if room is not None and limit.amount is None:
            self._most = max(self._most, room)

    def _entrants(
        self, connection: duckdb.DuckDBPyConnection, source: str, cases: dict[int, Lines]
    ) -> list[Entrant]:
        ranks = {name: number for number, name in enumerate(self.rulebook.measures)}
        places = self._places(connection, source)
        found = []
        asked = connection.execute(
            f"SELECT {POSITION}, {CLAIMS}, {HISTORY} FROM {source} WHERE {POSITION} IN "
            f"(SELECT {POSITION} FROM contested) ORDER BY {POSITION}"
        )
        while rows := asked.fetchmany(5_000):
            for position, claimed, history in rows:
                lines = cases[position]
                for (measure, _), claim in lines.items():
                    claim.claimed = claimed is None or measure in claimed
                ordered = sorted(lines.items(), key=lambda one: (not one[1].claimed, ranks[one[0][0]], one[0][1]))
                for number, (_, claim) in enumerate(ordered):
                    claim.order = number
                claims = [claim for _, claim in ordered]
                found.append(Entrant(claims, before(self._history(history), self.earlier), "", places[position]))
        return found

    def _history(self, stored: list[dict[str, Any]] | None) -> tuple[Record, ...]:
        """Earlier decisions, their keys and amounts as those of the claims are."""
        return tuple(self._earlier(entry) for entry in history_of(stored, self.rulebook))

    def _earlier(self, entry: Record) -> Record:
        values = dict(entry.fields)
        key = values.get("key")
        if isinstance(key, Record):
            values["key"] = Record({name: token(value) for name, value in key.fields.items()}, key.shape)
        if values.get("amount") is not None:
            values["amount"] = Decimal(values["amount"]).scaleb(self.rulebook.money.places)
        return Record(values, entry.shape)

    def _places(self, connection: duckdb.DuckDBPyConnection, source: str) -> dict[int, tuple[tuple[bool, Any], ...]]:
        only = f"(SELECT * FROM {source} WHERE {POSITION} IN (SELECT {POSITION} FROM contested))"
        if self.order is not None:
            rows = connection.execute(self.order.format(only)).fetchall()
            return {row[0]: tuple((value is None, "" if value is None else value) for value in row[1:]) for row in rows}
        engine = engine_for(self.rulebook, record=False)
        cursor = connection.execute(f"SELECT * FROM {only}")
        found = {}
        for row in rows_of_query(cursor):
            case = case_of(row, self.rulebook)
            found[row[POSITION]] = place_of(engine.environment(case.facts, case.history or ()), engine)
        return found
