"""Tables of a generated policy: called by their inputs under every hit policy, scales, rows to be looked through."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from tests.batch.generated.chance import Chance
from tests.batch.generated.folder import Files

Column = dict[str, str]

INPUTS: dict[str, tuple[Column, tuple[str, ...]]] = {
    "n": ({"type": "integer"}, ("0", "3", "5", "9", "20")),
    "fee": ({"type": "money"}, ("0", "100", "2999.99", "3000", "12000")),
    "spell": ({"type": "integer", "unit": "month"}, ("0", "1", "3", "12", "24")),
    "day": ({"type": "date"}, ("2021-01-01", "2021-06-30", "2022-01-01", "2024-02-29", "2024-12-31")),
    "level": ({"type": "level"}, ("low", "middle", "high")),
    "yes": ({"type": "boolean"}, ("true", "false")),
    "place": ({"type": "district"}, ("E", "W", "S")),
    "word": ({"type": "text"}, ("a", "b", "甲乙")),
}
"""Inputs with the ends or words that cells name."""

ORDERED = ("n", "fee", "spell", "day")

OUTPUTS: dict[str, tuple[Column, tuple[str, ...]]] = {
    "gives": ({"type": "money"}, ("0", "100", "300", "1200.50")),
    "count": ({"type": "integer"}, ("0", "1", "2", "5")),
    "share": ({"type": "number", "places": "2"}, ("10%", "0.25", "1")),
    "grade": ({"type": "level"}, ("low", "middle", "high")),
    "open": ({"type": "boolean"}, ("true", "false")),
    "until": ({"type": "date"}, ("2021-12-31", "2024-02-29")),
    "note": ({"type": "text"}, ("早", "a")),
    "where": ({"type": "district"}, ("E", "W")),
}

HITS = (
    "unique", "unique", "unique", "any", "first", "first", "first", "priority", "collect sum", "collect min",
    "collect max", "collect count", "collect list", "rule order", "output order",
)
ROUNDING = ("half up", "half down", "half even", "up", "down")


def tables(chance: Chance, files: Files, kinds: dict[str, str], *, delegated: bool, hits: tuple[str, ...]) -> None:
    """Adds tables that may use parameters of these kinds."""
    for number in range(chance.randint(1, 3)):
        name = f"t{number}"
        if chance.maybe(0.2):
            files[f"tables/{name}.yaml"] = _scale(name, chance, kinds)
        elif chance.maybe(0.25):
            files[f"tables/{name}.yaml"] = _listed(name, chance)
        else:
            files[f"tables/{name}.yaml"] = _decided(name, chance, kinds, files, delegated=delegated, hits=hits)


def _listed(name: str, chance: Chance) -> dict[str, Any]:
    columns = {"code": {"type": "text"}, "at": {"type": "district"}, "fee": {"type": "money"}, "n": {"type": "integer"}}
    rows: list[dict[str, str]] = []
    for number in range(chance.randint(1, 4)):
        row = {"code": f"c{number % 3}", "at": chance.choice("EWS"), "n": str(number)}
        if chance.maybe(0.8):
            row["fee"] = chance.choice(("0", "50", "120.25"))
        if chance.maybe(0.4):
            row["from"] = chance.choice(("2021-01-01", "2022-01-01"))
        if chance.maybe(0.3):
            row["to"] = chance.choice(("2022-12-31", "2024-02-29"))
        rows.append(row)
    return _head(name) | {"columns": _labelled(columns, name), "rows": rows}


def _head(name: str) -> dict[str, Any]:
    return {"table": name, "label": f"表{name}", "clause": "一"}


def _labelled(columns: dict[str, Column], name: str) -> dict[str, Column]:
    return {column: {"label": f"{column}_{name}"} | of for column, of in columns.items()}


def _decided(
    name: str, chance: Chance, kinds: dict[str, str], files: Files, *, delegated: bool, hits: tuple[str, ...]
) -> dict[str, Any]:
    hit = chance.choice(hits)
    inputs = chance.sample(list(INPUTS), chance.randint(1, 2 if hit in ("unique", "any") else 3))
    several = hit in ("unique", "any", "first", "priority", "collect list", "rule order", "output order")
    outputs = chance.sample(list(OUTPUTS), chance.randint(1, 2) if several else 1)
    if hit in ("collect sum", "collect min", "collect max"):
        outputs = [chance.choice(("gives", "count", "share"))]
    table = _head(name) | {
        "inputs": _labelled({f"{kind}_{name}": INPUTS[kind][0] for kind in inputs}, name),
        "outputs": _labelled({kind: OUTPUTS[kind][0] for kind in outputs}, name),
    }
    if hit != "unique" or chance.maybe(0.3):
        table["hit"] = hit
    if hit in ("priority", "output order"):
        table["priority"] = {kind: list(OUTPUTS[kind][1]) for kind in outputs[:1]}
    if chance.maybe(0.15) and inputs[0] in ("n", "fee"):
        bounded = table["inputs"][f"{inputs[0]}_{name}"]
        bounded["at_least"] = "0"
    cells = _apart(inputs, chance) if hit in ("unique", "any") else _loose(inputs, chance)
    same = {kind: _output(kind, hit, chance, kinds, name, inputs) for kind in outputs}
    rows: list[dict[str, str]] = []
    for row in cells:
        given = same if hit == "any" else {k: _output(k, hit, chance, kinds, name, inputs) for k in outputs}
        rows.append({f"{kind}_{name}": cell for kind, cell in row.items()} | given)
    if hit == "any" and len(rows) > 1:
        rows.append({f"{kind}_{name}": "-" for kind in inputs} | same)
    if hit not in ("unique", "any") and chance.maybe(0.3):
        rows[0]["to"] = "2022-06-30"
    listing = hit in ("collect list", "rule order", "output order")
    if chance.maybe(0.6):
        default = {kind: _plain(kind, chance) for kind in outputs}
        table["default"] = [] if listing and chance.maybe(0.5) else default
        if hit == "collect count":
            table["default"] = {outputs[0]: "0"}
    if delegated and hit in ("unique", "first") and chance.maybe(0.35):
        table["delegated"] = {"to": "authority"} | ({"if_unset": "review"} if chance.maybe(0.5) else {})
        for authority in chance.some(("E", "W", "S"), 0, 2):
            own = [{f"{kind}_{name}": cell for kind, cell in row.items()}
                   | {k: _plain(k, chance) for k in outputs} for row in _apart(inputs, chance)]
            path = f"authorities/{authority}.yaml"
            file = files.setdefault(path, {"authority": authority, "basis": "示例文件"})
            file.setdefault("rows", {})[name] = own
    return table | {"rows": rows}


def _plain(kind: str, chance: Chance) -> str:
    return chance.choice(OUTPUTS[kind][1])


def _output(kind: str, hit: str, chance: Chance, kinds: dict[str, str], name: str, inputs: list[str]) -> str:
    """What a row gives: a value, or a formula of parameters and inputs where the policy does not rank it."""
    formulas: list[str] = []
    if hit not in ("priority", "output order", "any"):
        if kind == "gives":
            formulas += [p for p, of in kinds.items() if of == "amount"]
            formulas += [f"{p} * 2" for p, of in kinds.items() if of == "amount"]
            formulas += [f"{p} * n_{name}" for p, of in kinds.items() if of == "amount" and "n" in inputs]
            formulas += [f"fee_{name}"] * ("fee" in inputs)
        if kind == "count":
            formulas += [p for p, of in kinds.items() if of == "least"] + [f"n_{name}"] * ("n" in inputs)
        if kind == "open":
            formulas += [f"n_{name} > 2"] * ("n" in inputs) + [p for p, of in kinds.items() if of == "open"]
    if hit not in ("priority", "output order", "any") and chance.maybe(0.06):
        return ""
    return chance.choice(formulas) if formulas and chance.maybe(0.35) else _plain(kind, chance)


def _apart(inputs: list[str], chance: Chance) -> list[dict[str, str]]:
    """Rows of which no two apply to one case."""
    first, *others = inputs
    pieces = _pieces(first, chance)
    rows = [{first: piece} for piece in pieces]
    for other in others:
        split = chance.randrange(len(rows))
        cells = _pieces(other, chance)
        rows = [
            row | {other: cell} for place, row in enumerate(rows) for cell in (cells if place == split else ("-",))
        ]
    return rows


def _pieces(kind: str, chance: Chance) -> list[str]:
    """Cells that share nothing; what they leave out, no row is for."""
    words = INPUTS[kind][1]
    if kind not in ORDERED:
        if kind in ("yes", "level") and chance.maybe(0.5):
            return [words[0], f"not({words[0]})"] if kind == "level" else list(words)
        return chance.some(words, 1, len(words))
    ends = chance.some(words, 2, 3)
    quoted = [f'@"{end}"' if kind == "day" else end for end in ends]
    cells = [f"[{a}..{b})" for a, b in pairwise(quoted)]
    if chance.maybe(0.7):
        cells.insert(0, f"< {quoted[0]}")
    if chance.maybe(0.7):
        cells.append(f">= {quoted[-1]}")
    return cells


def _loose(inputs: list[str], chance: Chance) -> list[dict[str, str]]:
    rows = []
    for _ in range(chance.randint(1, 4)):
        rows.append({kind: "-" if chance.maybe(0.3) else _cell(kind, chance) for kind in inputs})
    return rows


def _cell(kind: str, chance: Chance) -> str:
    words = INPUTS[kind][1]
    if kind in ORDERED:
        a, b = (f'@"{end}"' if kind == "day" else end for end in chance.some(words, 2, 2))
        return chance.choice((
            f"< {a}", f"<= {b}", f">= {a}", f"> {b}", f"[{a}..{b}]", f"({a}..{b}]", f"{a}, {b}", f"not({a})", a,
        ))
    some = chance.some(words, 1, 2)
    return ", ".join(some) if kind != "yes" else some[0]


def _scale(name: str, chance: Chance, kinds: dict[str, str]) -> dict[str, Any]:
    switch = [p for p, of in kinds.items() if of == "open"]
    method = chance.choice(("marginal", "whole", *[f'if {p} then "marginal" else "whole"' for p in switch]))
    ends = chance.some(("1000", "3000", "12000", "36000.50"), 1, 3)
    low, high = chance.choice((("above", "up_to"), ("at_least", "below")))
    rows = []
    for a, b in zip(["", *ends], [*ends, ""], strict=True):
        rows.append({low: a, high: b, "rate": chance.choice(("0", "3%", "10%", "12.5%", "0.333"))})
    return _head(name) | {
        "kind": "scale", "method": method,
        "inputs": _labelled({f"income_{name}": {"type": "money", "at_least": "0"}}, name),
        "outputs": _labelled({"gives": {"type": "money"}}, name), "rounding": chance.choice(ROUNDING), "rows": rows,
    }
