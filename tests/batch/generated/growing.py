"""Well-typed expressions, grown from the function table and the constructs of the language over the names of a scope.

What is grown is read by the language's own reader, which gives it its type; an expression that the reader refuses
(units that do not agree, a number that may get too long) is dropped, and counted by what was said of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar

from interpreter.language.assign import fits
from interpreter.language.expression import Expression
from interpreter.language.functions import Function, matches
from interpreter.language.functions.row import say_pattern
from interpreter.language.read import read_expression
from interpreter.language.scope import DefinitionName, LocalName, Scope
from interpreter.language.types import (
    Boolean,
    List,
    Number,
    RangeOf,
    Ratio,
    RecordType,
    Type,
)
from interpreter.problems import Fragment, Problem
from tests.batch.generated.chance import Chance
from tests.batch.generated.grown import TABLE, Grown, fixed, kin, words_of, written
from tests.batch.generated.literals import literal, paths

LONGEST = 240
"""How long an expression may get."""


class Growing:
    """A scope and the expressions found well-typed in it so far."""

    refused: ClassVar[Counter[str]] = Counter()
    tried: ClassVar[int] = 0
    variables: ClassVar[int] = 0

    def __init__(
        self, chance: Chance, scope: Scope, names: Iterable[tuple[str, Type]], without: frozenset[str],
        pool: Iterable[Grown] = (), featured: frozenset[str] = frozenset(),
    ) -> None:
        self.chance, self.scope, self.without = chance, scope, without
        self.pool: list[Grown] = [*fixed(), *pool]
        self.own: list[Grown] = []
        for name, of in names:
            for text, inner in paths(name, of):
                grown = Grown(text, inner, False)
                self.pool.append(grown)
                self.own.append(grown)
        self.table = [row for row in TABLE if row.key not in without and row.name not in without]
        self.featured = featured
        self.rare: list[Grown] = []

    # ---- reading

    def read(self, text: str, want: Type | None = None, **more: str) -> Expression | None:
        """The expression, or None where it is none or has what is switched off."""
        problems: list[Problem] = []
        Growing.tried += 1
        found = read_expression(Fragment.whole("rules.yaml", text), self.scope, problems, want, **more)  # type: ignore[arg-type]
        if found is None:
            Growing.refused.update(problem.code for problem in problems if problem.severity == "error")
            return None
        return None if self.without and self.without & set(words_of(found.core)) else found

    def keep(self, text: str | None) -> Grown | None:
        """The expression in the pool from now on; None where it is none."""
        if text is None or len(text) > LONGEST:
            return None
        found = self.read(text)
        if found is None:
            return None
        bare = any(name not in self.scope.locals and name not in self.scope.names for name in found.uses)
        grown = Grown(text, found.type, not found.uses, bare or "item" in found.uses)
        self.pool.append(grown)
        self.own.append(grown)
        if self.featured & set(words_of(found.core)):
            self.rare.append(grown)
        return grown

    # ---- choosing

    def of(self, pattern: str) -> Grown | None:
        """An expression of the pool that fits a parameter's pattern."""
        fitting = [grown for grown in self.pool if matches(pattern, grown.type)]
        loose = [grown for grown in fitting if not grown.fixed]
        near = [grown for grown in self.own if not grown.fixed and matches(pattern, grown.type)]
        for options, probability in ((near, 0.5), (loose, 0.75), (fitting, 1)):
            if options and self.chance.maybe(probability):
                return self._one(options)
        return None

    def _one(self, options: list[Grown]) -> Grown:
        """Any of the options, short ones more often."""
        one, other = self.chance.choice(options), self.chance.choice(options)
        return min(one, other, key=lambda grown: len(grown.text)) if self.chance.maybe(0.7) else one

    def like(self, of: Type) -> str | None:
        """An expression or literal to hold against one of a type."""
        fitting = [grown for grown in self.pool if type(grown.type) is type(of) and kin(grown.type, of)]
        if fitting and self.chance.maybe(0.45):
            return self.chance.choice(fitting).inside
        return literal(of, self.chance)

    # ---- growing

    def grow(self, times: int) -> Growing:
        """Goes on growing for so many tries."""
        for _ in range(times):
            self.keep(self._step())
        return self

    def feature(self, tries: int = 4) -> Growing:
        """Grows an expression of each featured row, where it can."""
        for row in self.table:
            for _ in range(tries if row.key in self.featured else 0):
                before = len(self.rare)
                self.keep(self._row(row))
                if len(self.rare) > before:
                    break
        return self

    def wanted(self, pattern: str, tries: int = 12) -> Grown | None:
        """An expression fitting a pattern, new where it can be."""
        assert say_pattern(pattern)
        for _ in range(tries):
            grown = self.keep(self._step())
            if grown is not None and matches(pattern, grown.type) and not grown.fixed:
                return grown
        return self.of(pattern)

    def condition(self) -> str:
        """A condition on what the scope knows."""
        steps = {self._compare: 2, self._figure: 4, self._logic: 1, self._loop: 1, self._step: 1}
        for _ in range(10):
            rare = self.rare and self.chance.maybe(0.5)
            grown = self.keep(self._figure() if rare else self.chance.weighted(steps)())
            if grown is not None and isinstance(grown.type, Boolean) and not grown.fixed:
                other = self.of("boolean") if self.chance.maybe(0.3) else None
                return grown.text if other is None or other.fixed else f"{other.inside} or {grown.inside}"
        found = self.of("boolean")
        return "true" if found is None else found.text

    def _step(self) -> str | None:
        kinds = {
            self._row: 9, self._compare: 3, self._logic: 2, self._if: 1.5, self._loop: 3, self._parts: 2,
            self._literal: 0.5, self._call: 2 if self._defined() else 0, self._months: 1,
        }
        return self.chance.weighted(kinds)()

    def _literal(self) -> str | None:
        return literal(self.chance.choice(self.pool).type, self.chance)

    def _row(self, row: Function | None = None) -> str | None:
        featured = [row for row in self.table if row.key in self.featured]
        row = row or self.chance.choice(featured if featured and self.chance.maybe(0.4) else self.table)
        params = row.params
        if row.variadic:
            params = (*params, *params[-1:] * self.chance.choice((0, 0, 1)))
        args: list[Grown] = []
        for place, param in enumerate(params):
            found = self._fitting(row, place, param, args)
            if found is None:
                return None
            args.append(found)
        return written(row, args, self.chance)

    def _fitting(self, row: Function, place: int, param: str, args: list[Grown]) -> Grown | None:
        """An argument: one of the kind of those before it, where the row makes something of both."""
        if place and (row.name[0] in "+-<=[m" or row.key in ("list contains", "index of", "append", "concatenate")):
            before = args[0].type
            wanted = before.item if isinstance(before, List) and not param.startswith("list") else before
            fitting = [g for g in self.pool if matches(param, g.type) and type(g.type) is type(wanted)
                       and kin(g.type, wanted)]
            if fitting and self.chance.maybe(0.7):
                return self.chance.choice(fitting)
            text = literal(wanted, self.chance)
            found = None if text is None else self.read(text)
            if found is not None and text is not None and matches(param, found.type):
                return Grown(text, found.type, True)
        if place and row.name.startswith(("round", "decimal", "floor", "ceiling")):
            return Grown(self.chance.choice(("0", "1", "2", "-1")), Number(0), True)
        if place and param == "integer" and self.chance.maybe(0.7):
            return Grown(self.chance.choice(("1", "2", "3", "-1")), Number(0), True)
        if row.key == "per month":
            yearly = [g for g in self.pool if isinstance(g.type, Number) and str(g.type.unit).endswith("/year")]
            born, day = self.of("date"), self.of("date")
            if yearly or born is None or day is None:
                return self._one(yearly) if yearly else None
            return Grown(f"24 / age({born.text}, {day.text})", Ratio(), False)
        if row.key == "sum.ratio":
            one, other = self.of("number"), self.of("number")
            if one is None or other is None:
                return None
            found = self.read(f"[{one.inside} / 3, {other.inside}]")
            return None if found is None else Grown(found.text, found.type, False)
        if row.key.endswith(".ratio") and param == "ratio" and self.chance.maybe(0.7):
            number = self.of("number")
            by = self.chance.choice("3127")
            return None if number is None else Grown(f"({number.inside} / {by})", Ratio(), False)
        return self._listing(param) if param.startswith(("list of", "range of")) else self.of(param)

    def _listing(self, param: str) -> Grown | None:
        """A list or range of what a pattern wants, written out where there is none, and now and then where there is."""
        found = self.of(param)
        if found is not None and self.chance.maybe(0.7):
            return found
        inner = param.partition(" of ")[2]
        one, other = (self._listing(inner) if " of " in inner else self.of(inner) for _ in range(2))
        if one is None or other is None:
            return found
        text = f"[{one.inside}..{other.inside}]" if param.startswith("range") else f"[{one.inside}, {other.inside}]"
        read = self.read(text)
        return found if read is None or not matches(param, read.type) else Grown(text, read.type, False)

    def _figure(self) -> str | None:
        """Something that was worked out, held against something else."""
        worked = [grown for grown in self.own if "(" in grown.text or "[" in grown.text]
        if not worked and not self.rare:
            return self._compare()
        one = self.chance.choice(self.rare if self.rare and (not worked or self.chance.maybe(0.7)) else worked[-25:])
        if isinstance(one.type, List):
            count = f"count({one.text}) {self.chance.choice(('<', '<=', '>=', '='))} {self.chance.randint(0, 3)}"
            other = self.like(one.type)
            return count if other is None or self.chance.maybe(0.6) else f"{one.inside} != {other}"
        if isinstance(one.type, Boolean):
            return self.chance.choice((one.text, f"not({one.text})"))
        if isinstance(one.type, RangeOf):
            value = self.like(one.type.of)
            return None if value is None else f"{value} in {one.inside}"
        return self._compare(one)

    def _compare(self, left: Grown | None = None) -> str | None:
        left = left or self.of(self.chance.choice(("ordered", "ordered", "number", "comparable", "date")))
        if left is None or isinstance(left.type, Boolean):
            return None if left is None else left.text
        a, b = self.like(left.type), self.like(left.type)
        if a is None or b is None:
            return None
        ordered = matches("ordered", left.type)
        forms = [f"{left.inside} {self.chance.choice(('=', '!=', '!='))} {a}",
                 f"{left.inside} in ({a}, {b})", f"not({left.inside} in [{a}, {b}])"]
        if ordered:
            forms = [
                f"{left.inside} {self.chance.choice(('<', '<=', '>', '>='))} {a}",
                f"{left.inside} {self.chance.choice(('<', '<=', '>', '>='))} {a}",
                f"{left.inside} between {a} and {b}", f"{left.inside} in [{a}..{b}]", f"{left.inside} in ({a}..{b}]",
                f"{left.inside} in (< {a}, >= {b})", self.chance.choice(forms),
            ]
        return self.chance.choice(forms)

    def _logic(self) -> str | None:
        parts = [self.of("boolean") for _ in range(self.chance.choice((1, 2, 2, 3)))]
        texts = [part.inside for part in parts if part is not None]
        if len(texts) < 2:
            return f"not({texts[0]})" if texts else None
        return self.chance.choice((" and ", " or ")).join(texts)

    def _if(self) -> str | None:
        condition, then = self.of("boolean"), self.of("any")
        other = None if then is None else self.like(then.type)
        if condition is None or then is None or other is None:
            return None
        branches = [then.inside, other]
        self.chance.shuffle(branches)
        return f"if {condition.inside} then {branches[0]} else {branches[1]}"

    def _parts(self) -> str | None:
        """Lists, ranges and records written out, and what is taken of them; at(…)."""
        one = self.of(self.chance.choice(("ordered", "date", "any")))
        if one is None:
            return None
        other = self.like(one.type) or one.inside
        low, high = self.chance.choice("[("), self.chance.choice("])")
        days = [grown for grown in self.pool if matches("date", grown.type)]
        forms = [f"[{one.inside}, {other}]"]
        if matches("ordered", one.type):
            forms += [f"{low}{one.inside}..{other}{high}", f"[{low}{one.inside}..{other}{high}]",
                      f"({self.chance.choice(('<', '>='))} {one.inside})"]
        forms += [f"{{a: {one.inside}, b: {other}}}.a", f"{{a: {one.inside}, b: [a, {other}]}}.b",
                  f"{{a: {one.inside}}} = {{a: {other}}}"]
        dated = [name for name, meaning in self.scope.names.items()
                 if type(meaning).__name__ in ("TableName", "ParameterName") and name not in self.without]
        if dated and days and "at" not in self.without:
            forms += [f"at({self.chance.choice(dated)}, {self.chance.choice(days).inside})"] * 2
        return self.chance.choice(forms)

    def _defined(self) -> list[DefinitionName]:
        return [meaning for meaning in self.scope.names.values() if isinstance(meaning, DefinitionName)]

    def _call(self) -> str | None:
        """A definition or called table on what it takes."""
        defined = self.chance.choice(self._defined())
        args = []
        for takes in defined.takes:
            options = [grown for grown in self.pool if fits(grown.type, takes)]
            if not options:
                return None
            args.append(self._one(options).text)
        called = f"{defined.name}({', '.join(args)})" if defined.takes else defined.name
        if isinstance(defined.type, RecordType) and defined.type.table is None and defined.type.fields:
            return f"{called}.{self.chance.choice(list(defined.type.fields))}"
        return called

    def _months(self) -> str | None:
        """Months of periods, of one and of many, and runs of them."""
        a, b = self.of("date"), self.of("date")
        if a is None or b is None:
            return None
        listed = [grown for grown in self.pool if isinstance(grown.type, List)
                  and isinstance(grown.type.item, RecordType)]
        months = [grown for grown in self.pool if matches("list of month", grown.type)]
        forms = [f"months of([{a.inside}..{b.inside}])", f"months of([{a.inside}..{b.inside}))"]
        if months:
            forms.append(f"longest run({self._one(months).text}, {self.chance.choice('001')})")
        if listed and "lists" not in self.without:
            over, name = self._one(listed), self.fresh()
            assert isinstance(over.type, List)
            days = [text for text, of in paths(name, over.type.item) if matches("date", of)]
            if days:
                start, end = self.chance.choice(days), self.chance.choice((*days, b.inside))
                each = f"for {name} in {over.inside} return [{start}..{end}]"
                forms += [f"whole months({each})", f"months touched({each})"] * 2
        return self.chance.choice(forms)

    def _loop(self) -> str | None:
        """A filter, a loop or a quantifier over a list; folds over these are rows of the table."""
        listed = self.of("list of any")
        if listed is None or not isinstance(listed.type, List) or "lists" in self.without:
            return None
        form = self.chance.choice(("filter", "filter", "some", "every", "for", "project"))
        item = listed.type.item
        if form == "project":
            names = [f.name for f in item.fields.values()] if isinstance(item, RecordType) else []
            names = [name for name in names if name not in ("from", "to")]
            return f"{listed.inside}.{self.chance.choice(names)}" if names else None
        inner = self.within("item" if form == "filter" else self.fresh(), item, row=form == "filter")
        inner.grow(self.chance.randint(1, 3))
        if form == "filter":
            return f"{listed.inside}[{inner.condition()}]"
        (name,) = set(inner.scope.locals) - set(self.scope.locals)
        if form == "for":
            value = inner.wanted("any", 4)
            return None if value is None else f"for {name} in {listed.inside} return {value.text}"
        return f"{form} {name} in {listed.inside} satisfies {inner.condition()}"

    @classmethod
    def fresh(cls) -> str:
        """A name for a variable that nothing else has."""
        cls.variables += 1
        return f"x{cls.variables}"

    def within(self, name: str, of: Type, *, row: bool = False, keep: int = 14) -> Growing:
        """The scope inside a loop over values of a type, with some of what was grown outside."""
        local = LocalName(name, of, self.scope.slots.take())
        scope = self.scope.with_row(local) if row else self.scope.with_local(local)
        outer = [g for g in self.pool if not g.bare and not g.fixed and len(g.text) < 60]
        kept = self.chance.sample(outer, min(keep, len(outer)))
        names = [(name, of)]
        if row and isinstance(of, RecordType) and self.chance.maybe(0.3):
            bare = [(f.name, f.type) for f in of.fields.values() if f.name not in ("from", "to") and not f.provided]
            names = [*self.chance.sample(bare, min(3, len(bare))), *names]
        inner = Growing(self.chance, scope, names, self.without, kept, self.featured)
        inner.rare = [grown for grown in self.rare if not grown.bare and len(grown.text) < 100]
        if row:
            marked = {id(g): replace(g, bare=True) for g in inner.own}
            inner.pool = [marked.get(id(g), g) for g in inner.pool]
            inner.own = list(marked.values())
        return inner

    def where(self, wanted: type[Type]) -> list[Grown]:
        """Everything of one kind of type that was grown here."""
        return [grown for grown in self.pool if isinstance(grown.type, wanted)]
