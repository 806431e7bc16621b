"""Measures of a generated policy, with their lines, amounts and keys, and the limits over them."""

from __future__ import annotations

from typing import Any

from interpreter.language.expression import Expression
from interpreter.language.read import read_amount
from interpreter.language.types import (
    DateType,
    DaysTime,
    List,
    MonthType,
    Number,
    RangeOf,
    Ratio,
    RecordType,
    Type,
    YearsMonths,
)
from interpreter.problems import Fragment
from tests.batch.generated.definitions import Writer, requirements
from tests.batch.generated.growing import Growing
from tests.batch.generated.grown import words_of as words_of_core

ROUNDING = (
    "round half up", "round half down", "round half even", "round up", "round down", "floor", "ceiling", "decimal"
)

DAYS = {"steps.days", "steps.range.days", "steps", "steps.range"}
"""Loops that may have a line for every day of ten thousand years."""

Scopes = dict[str, Growing]
"""The scope of each measure's lines, by its name."""


def measures(writer: Writer, files: dict[str, Any]) -> Scopes:
    """Adds a file a measure; gives the scopes in which limits may name the loops."""
    chance = writer.growing.chance
    scopes: Scopes = {}
    for number in range(chance.randint(1, 3)):
        name = f"m{number}"
        measure, inside = _measure(name, writer)
        files[f"measures/{name}.yaml"] = measure
        scopes[name] = inside
    return scopes


def _measure(name: str, writer: Writer) -> tuple[dict[str, Any], Growing]:
    chance, without = writer.growing.chance, writer.without
    claimant = chance.choice(list(writer.book.claimants))
    entitled = chance.maybe(0.2)
    measure: dict[str, Any] = {"measure": name, "title": f"措施{name}", "clause": "一", "claimant": claimant}
    if entitled:
        measure["kind"] = "entitlement"
        if chance.maybe(0.2):
            measure["governed_by"] = "other"
    inside = writer.growing
    loops: dict[str, str] = {}
    if "lines" not in without and chance.maybe(0.5):
        for depth in range(chance.choice((1, 1, 1, 2))):
            found = _loop(inside, depth)
            if found is not None:
                loops[f"e{depth}"] = found
                listed = inside.read(found)
                assert listed is not None
                assert isinstance(listed.type, List)
                inside = inside.within(f"e{depth}", listed.type.item)
    if loops:
        measure["for_each"] = loops
        inside.grow(6)
    wanted = requirements(writer.growing, chance.choice((0, 0, 1) if loops else (1, 1, 2)), False, 1)
    if loops:
        wanted |= requirements(inside, chance.choice((1, 1, 2)), False, 1, prefix="q")
    measure["requires"] = wanted
    if entitled:
        if chance.maybe(0.6):
            measure |= _during(inside)
    else:
        measure["pays"] = pays(inside, writer)
    if "limits" not in without and chance.maybe(0.35):
        keys = [key for key in (_key(inside, dotted=True) for _ in range(chance.randint(1, 2))) if key]
        keys += [claimant] if chance.maybe(0.6) else []
        if keys and len({key.rpartition(".")[2] for key in keys}) == len(keys):
            measure["once_per"] = keys
    if chance.maybe(0.15):
        days = [grown for grown in inside.where(DateType) if not grown.fixed and not grown.bare]
        if days:
            measure["as_of"] = chance.choice(days).text
    return measure, inside


def words(text: str, inside: Growing) -> set[str]:
    """What an expression is made of."""
    found = read_amount(Fragment.whole("words", text), inside.scope, [])
    return set() if found is None else set(words_of_core(found.core))


def _loop(inside: Growing, depth: int) -> str | None:
    """The list a measure goes through: one of the case, or one that is worked out."""
    lists = [grown for grown in inside.where(List) if not grown.fixed and not grown.bare]
    if depth:
        lists = [grown for grown in lists if grown.text.startswith(f"e{depth - 1}")] or lists
    plain = [grown for grown in lists if all(part.isidentifier() for part in grown.text.split("."))]
    records = [g for g in plain if isinstance(g.type, List) and isinstance(g.type.item, RecordType)]
    for options, probability in ((records, 0.5), (plain, 0.4), (lists, 1)):
        options = [grown for grown in options if ("history" not in grown.text or inside.chance.maybe(0.2))
                   and not (".." in grown.text and DAYS & words(grown.text, inside))]
        if options and inside.chance.maybe(probability):
            return inside.chance.choice(options).text
    return None


def pays(inside: Growing, writer: Writer) -> str:
    """An amount in the policy's money, from what was grown where it can be."""
    chance, money = inside.chance, writer.book.money_type
    if chance.maybe(0.15):
        return f"{chance.choice(('100', '3000', '0.01', '1234.56'))} CNY"
    for _ in range(14):
        options = [grown for grown in inside.pool if not grown.bare and not grown.fixed
                   and isinstance(grown.type, Number | Ratio) and grown.type.unit in (None, money.unit)]
        if not options or chance.maybe(0.3):
            inside.wanted(chance.choice(("number", "ratio")), 3)
            continue
        one = inside._one(options)
        mode = chance.choice(ROUNDING)
        share = chance.choice(("10%", "1 / 3", "0.125", "2", "1 / 12"))
        forms = [one.text, f"{mode}({one.text}, {chance.choice('0122')})", f"{mode}({one.inside} * {share}, 2)",
                 f"max(0, {one.text})"]
        counts = [g for g in inside.where(Number) if not g.bare and not g.fixed and isinstance(g.type, Number)
                  and g.type.places == 0]
        if counts:
            forms.append(f"{one.inside} * {inside._one(counts).inside}")
        text = chance.choice(forms)
        if len(text) < 300 and read_amount(Fragment.whole("pays", text), inside.scope, [], money) is not None \
                and not inside.without & words(text, inside):
            return text
    return next(name for name, of in writer.book.parameters.items() if of.type == money)


def _during(inside: Growing) -> dict[str, str]:
    spans = [grown for grown in inside.where(RangeOf) if not grown.bare and isinstance(grown.type, RangeOf)
             and isinstance(grown.type.of, DateType | MonthType) and not grown.type.open_ended]
    if spans and inside.chance.maybe(0.5):
        return {"during": inside.chance.choice(spans).text}
    days = [grown for grown in inside.where(DateType) if not grown.bare]
    if not days:
        return {}
    return {"during": f"[{inside.chance.choice(days).inside}..{inside.chance.choice(days).inside}]"}


def _key(inside: Growing, *, dotted: bool) -> str | None:
    """What a grant is given once for: something that can be told from others of its kind."""
    options = []
    for grown in inside.pool:
        simple = all(part.isidentifier() for part in grown.text.split("."))
        if _is_key(grown.type) and not grown.bare and not grown.fixed and (simple or not dotted):
            options.append(grown)
    near = [grown for grown in options if grown.text.startswith("e")] if inside.chance.maybe(0.5) else []
    return inside.chance.choice(near or options).text if options else None


def _is_key(of: Type) -> bool:
    """Whether values of a type are kept in earlier decisions and tell one from another."""
    if isinstance(of, RecordType):
        return of.root.key is not None
    return not isinstance(of, List | RangeOf | Ratio | YearsMonths | DaysTime)


def _tells(found: Expression | None) -> bool:
    return found is not None and _is_key(found.type)


def limits(writer: Writer, files: dict[str, Any], scopes: Scopes) -> dict[str, Any]:
    """What stands under `limits:`: ceilings of both kinds over what shares a key."""
    chance = writer.growing.chance
    found: dict[str, Any] = {}
    if "limits" in writer.without:
        return found
    for number in range(chance.choice((0, 1, 1, 2))):
        named = chance.some(list(scopes), 1, len(scopes))
        summed = chance.maybe(0.5)
        if summed:
            named = [name for name in named if files[f"measures/{name}.yaml"].get("kind") != "entitlement"]
        per = _per(writer, [scopes[name] for name in named])
        if not named or not per:
            continue
        limit: dict[str, Any] = {"label": f"限额{number}", "clause": "一", "measures": named}
        if summed:
            limit["amount"] = _ceiling(writer, money=True)
            limit |= {"over": chance.choice(("refuse", "cut", "wait"))} if chance.maybe(0.8) else {}
        else:
            limit["grants"] = _ceiling(writer, money=False)
            limit |= {"over": chance.choice(("refuse", "wait"))} if chance.maybe(0.3) else {}
        limit["per"] = per
        if not summed and chance.maybe(0.35):
            limit["keep"] = "highest"
        elif chance.maybe(0.25):
            orders = [grown.text for grown in writer.growing.pool if not grown.fixed and not grown.bare
                      and type(grown.type).__name__ in ("DateType", "MonthType", "Number", "TextType")]
            if orders:
                limit["order"] = chance.sample(orders, 1)
        if chance.maybe(0.25):
            limit["when"] = writer.growing.condition()
        found[f"l{number}"] = limit
    return found


def _per(writer: Writer, inside: list[Growing]) -> dict[str, str]:
    chance = writer.growing.chance
    found: dict[str, str] = {}
    for name in chance.some(("who", "what"), 1, 2):
        if name == "who" and chance.maybe(0.6):
            found[name] = "person"
            continue
        for _ in range(6):
            source = chance.choice([writer.growing, *inside])
            key = _key(source, dotted=False)
            if key is not None and all(_tells(each.read(key)) for each in inside):
                found[name] = key
                break
    return found


def _ceiling(writer: Writer, *, money: bool) -> str:
    chance, book = writer.growing.chance, writer.book
    wanted = book.money_type if money else Number(0, None)
    known = [
        name for name, of in book.parameters.items()
        if (of.type == wanted if money else name.startswith("least"))
    ]
    if known and chance.maybe(0.4):
        return chance.choice(known)
    if chance.maybe(0.25):
        grown = [g.text for g in writer.growing.where(Number) if not g.bare and not g.fixed and len(g.text) < 80]
        for text in chance.sample(grown, min(6, len(grown))):
            if read_amount(Fragment.whole("grants", text), writer.growing.scope, [], wanted) is not None:
                return text
    return f"{chance.choice((100, 250, 3000, 100000))} CNY" if money else chance.choice(("1", "1", "2", "3"))
