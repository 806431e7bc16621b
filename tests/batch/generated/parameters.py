"""Parameters of a generated policy: dated values and gaps, switches nobody has decided, and what authorities set."""

from __future__ import annotations

from typing import Any

from tests.batch.generated.chance import Chance
from tests.batch.generated.folder import Files

STARTS = "2021-01-01"
CHANGES = ("2021-02-28", "2021-07-01", "2022-01-01", "2024-02-29")

KINDS: dict[str, tuple[str, ...]] = {
    "amount": ("100 CNY", "150.50 CNY", "3000 CNY", "0 CNY", "999999.99 CNY"),
    "least": ("0", "1", "2", "3", "20"),
    "months": ("3 month", "6 month", "12 month"),
    "monthly": ("20 CNY/month", "35.5 CNY/month"),
    "share": ("10%", "12.5%", "0.333", "100%"),
    "day": ("2021-06-30", "2024-02-29", "2022-12-31"),
    "month": ("2021-03", "2024-02"),
    "open": ("true", "false"),
    "word": ("a", "甲乙"),
    "kind": ("low", "high"),
    "levels": ("low", "high"),
}
"""Kinds of parameters with the values that each may have."""

DECLARED = {"kind": {"type": "level"}, "word": {"type": "text"}, "levels": {"type": "list of level"}}
FORMULAS = {"amount": ("2 * {}", "{} + 100", "max({}, 500)"), "least": ("{} + 1", "min({}, 5)")}
BOUNDED = {"amount": ("0 CNY", "999999.99 CNY"), "least": ("0", "20"), "months": ("3 month", "12 month")}
NAMES = {
    "amount": 3, "least": 2, "months": 1, "monthly": 0.7, "share": 1, "day": 1, "month": 0.5, "open": 1, "word": 0.3,
    "kind": 0.7, "levels": 0.5,
}


def parameters(chance: Chance, files: Files, *, delegated: bool) -> dict[str, str]:
    """Adds parameters.yaml, and what authorities set of it; gives the kind of each parameter."""
    found: dict[str, Any] = {}
    kinds: dict[str, str] = {}
    sets: dict[str, dict[str, Any]] = {}
    for number in range(chance.randint(4, 8)):
        kind = "amount" if number == 0 else chance.weighted(NAMES)
        name = f"{kind}_p{number}"
        written: dict[str, Any] = {"label": f"参数{number}", "clause": "一"} | DECLARED.get(kind, {})
        values = _values(kind, [n for n, k in kinds.items() if k == kind and "value" in found[n]], chance)
        written |= values
        if chance.maybe(0.25):
            written |= {"question": f"问题{number}", "basis": "示例"}
            if not delegated and chance.maybe(0.5) and number:
                written = {"label": written["label"], "question": "未定", **_type_of(kind)}
        elif delegated and kind in BOUNDED and chance.maybe(0.5):
            low, high = BOUNDED[kind]
            given = {"to": "authority", "at_least": low} if chance.maybe(0.5) else {"to": "authority"}
            if chance.maybe(0.4):
                given |= {"at_most": high}
            if chance.maybe(0.4):
                given |= {"if_unset": "review"}
            written["delegated"] = given
            if "values" in written or " " in str(written.get("value", "")).replace(" CNY", "").replace(" month", ""):
                written = {key: value for key, value in written.items() if key not in ("values", "ends")}
                written["value"] = chance.choice(KINDS[kind])
            for authority in chance.some(("E", "W", "S"), 0, 2):
                sets.setdefault(authority, {})[name] = _set(kind, chance)
        found[name], kinds[name] = written, kind
    files["parameters.yaml"] = {"parameters": found}
    for authority, values in sets.items():
        files[f"authorities/{authority}.yaml"] = {"authority": authority, "basis": "示例文件", "sets": values}
    return kinds


def _type_of(kind: str) -> dict[str, str]:
    """The declaration of a parameter that has no value to tell its type."""
    types = {
        "amount": {"type": "money"}, "least": {"type": "integer"}, "months": {"type": "integer", "unit": "month"},
        "monthly": {"type": "number", "unit": "CNY/month", "places": "2"}, "share": {"type": "number", "places": "3"},
        "day": {"type": "date"}, "month": {"type": "month"}, "open": {"type": "boolean"},
    }
    return types.get(kind, DECLARED.get(kind, {}))


def _one(kind: str, chance: Chance) -> Any:
    return chance.some(KINDS[kind], 1, 2) if kind == "levels" else chance.choice(KINDS[kind])


def _values(kind: str, others: list[str], chance: Chance) -> dict[str, Any]:
    if kind in FORMULAS and others and chance.maybe(0.25):
        return {"value": chance.choice(FORMULAS[kind]).format(chance.choice(others))}
    if chance.maybe(0.45):
        return {"value": _one(kind, chance)} | ({"ends": "2024-12-31"} if chance.maybe(0.2) else {})
    values: dict[str, Any] = {STARTS: _one(kind, chance)}
    for day in chance.some(CHANGES, 1, 2):
        values[day] = _one(kind, chance)
    if chance.maybe(0.3):
        first = next(iter(values))
        values[first] = {"value": values[first], "ends": "2021-02-15"}
    return {"values": values}


def _set(kind: str, chance: Chance) -> Any:
    if chance.maybe(0.5):
        return chance.choice(KINDS[kind])
    return {day: chance.choice(KINDS[kind]) for day in chance.some((STARTS, "2022-01-01", "2024-03-01"), 1, 2)}
