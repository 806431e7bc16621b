"""The facts of a generated policy: records in records, lists in lists, and every type that a column may have."""

from __future__ import annotations

from typing import Any

from tests.batch.generated.chance import Chance
from tests.batch.generated.folder import Files

LEVELS = {"low": "低", "middle": "中", "high": "高"}

Field = dict[str, Any]

SCALARS: dict[str, tuple[float, Field]] = {
    "yes": (3, {"type": "boolean"}),
    "level": (2, {"type": "level"}),
    "word": (2, {"type": "text"}),
    "day": (4, {"type": "date"}),
    "until": (2, {"type": "date", "ongoing": "至今"}),
    "month": (2, {"type": "month"}),
    "few": (4, {"type": "integer", "at_least": "0", "at_most": "9"}),
    "whole": (2, {"type": "integer"}),
    "months": (2, {"type": "integer", "unit": "month", "at_least": "0", "at_most": "600"}),
    "rate": (2, {"type": "number", "places": "2", "at_least": "0", "at_most": "5"}),
    "fine": (1, {"type": "number", "places": "6"}),
    "fee": (3, {"type": "money", "at_least": "0", "at_most": "50000"}),
    "wealth": (2, {"type": "money"}),
    "yearly": (1, {"type": "number", "unit": "CNY/year", "places": "2", "at_least": "0", "at_most": "100000"}),
    "place": (3, {"type": "district"}),
}
"""Kinds of fields, with how often each comes."""

LISTED = ("boolean", "level", "text", "date", "month", "integer", "money", "district")
DEFAULTS = {"yes": ("true", "false"), "few": ("0", "3"), "level": ("low",), "day": ("2021-06-30",)}


def vocabulary(chance: Chance) -> Files:
    """facts.yaml and the table of districts, whose rows are values of facts."""
    maker = _Maker(chance)
    types: dict[str, Any] = {"level": {"label": "等级", "choices": LEVELS}}
    types["sub"] = _record("下级", maker.scalars(2, 4) | maker.maybe_list(0.3))
    types["line"] = _record("明细", maker.scalars(3, 6) | maker.maybe_list(0.3))
    inner = types["line"]["fields"]
    if chance.maybe(0.7):
        inner[maker.name("subs")] = {"label": "下级明细", "type": "list of sub"}
    if chance.maybe(0.3):
        inner[maker.name("part")] = {"label": "下级", "type": "sub"}
    if chance.maybe(0.5):
        key = maker.name("code")
        types["line"] |= {"key": key}
        types["line"]["fields"] = {key: _key(chance)} | inner
    person = maker.scalars(4, 8) | maker.maybe_list(0.7) | maker.maybe_list(0.3)
    for _ in range(chance.randint(1, 2)):
        person[maker.name("lines")] = {"label": "", "type": "list of line"} | maker.rows()
    if chance.maybe(0.4):
        person[maker.name("one")] = {"label": "", "type": "line"}
    person["office"] = {"label": "受理机关", "type": "district"}
    facts: dict[str, Any] = {
        "application": {"label": "申请", "fields": {
            "number": {"label": "编号", "type": "text"}, "filed_on": {"label": "申请日期", "type": "date"},
        } | maker.scalars(0, 2)},
        "person": {"label": "个人", "key": "id", "fields": {"id": _key(chance)} | person},
    }
    if chance.maybe(0.4):
        own = maker.scalars(1, 3) | {"home": {"label": "所在地", "type": "district"}}
        own[maker.name("staff")] = {"label": "", "type": "list of line"}
        facts["firm"] = {"label": "单位", "key": "number", "fields": {"number": _key(chance)} | own}
    if chance.maybe(0.3):
        facts["income"] = {"label": "收入", "type": "money"}
    if chance.maybe(0.3):
        facts["house"] = {"label": "住房", "type": "sub"}
    for holder in (*types.values(), *facts.values()):
        for name, field in holder.get("fields", {}).items():
            field["label"] = f"{field.get('label') or ''}{name}"
    return {
        "facts.yaml": {"types": types, "facts": facts}, "tables/districts.yaml": _districts(chance),
    }


def _record(label: str, fields: dict[str, Field]) -> dict[str, Any]:
    return {"label": label, "fields": fields}


def _key(chance: Chance) -> Field:
    field: Field = {"label": "编号", "type": "text"}
    return field | {"required": "true"} if chance.maybe(0.3) else field


class _Maker:
    """Fields with names of their own: one name, one kind, whoever has it."""

    def __init__(self, chance: Chance) -> None:
        self.chance = chance
        self.count = 0

    def name(self, kind: str) -> str:
        self.count += 1
        return f"{kind}_{self.count}"

    def scalars(self, least: int, most: int) -> dict[str, Field]:
        kinds = {kind: weight for kind, (weight, _) in SCALARS.items()}
        found = {}
        for _ in range(self.chance.randint(least, most)):
            kind = self.chance.weighted(kinds)
            field = {"label": ""} | SCALARS[kind][1]
            if kind in DEFAULTS and self.chance.maybe(0.12):
                field["default"] = self.chance.choice(DEFAULTS[kind])
            found[self.name(kind)] = field
        return found

    def maybe_list(self, probability: float) -> dict[str, Field]:
        if not self.chance.maybe(probability):
            return {}
        of = self.chance.choice(LISTED)
        field = {"label": "", "type": f"list of {of}"} | self.rows()
        return {self.name(f"{of}s"): field}

    def rows(self) -> Field:
        return {"rows_at_most": self.chance.choice(("5", "12", "60"))} if self.chance.maybe(0.5) else {}


def _districts(chance: Chance) -> dict[str, Any]:
    columns: dict[str, Field] = {
        "code": {"label": "代码", "type": "text"}, "city": {"label": "市", "type": "text"},
        "size": {"label": "面积", "type": "number", "places": "1"},
    }
    rows = []
    for code, city in (("E", "甲市"), ("W", "甲市"), ("S", "乙市")):
        row = {"code": code, "city": city}
        if chance.maybe(0.7):
            row["size"] = str(chance.randint(0, 99))
        if chance.maybe(0.2):
            row["from"] = "2021-06-01"
        rows.append(row)
    return {
        "table": "districts", "label": "区划", "type": "district", "key": "code", "clause": "一", "columns": columns,
        "rows": rows,
    }
