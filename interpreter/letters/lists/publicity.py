"""The list that is published before anything is paid: who is to get what, and no more about anybody than that."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal

from interpreter.letters.lists.grants import Grant
from interpreter.letters.lists.sheet import NUMBER, TOTAL, Column, Sheet, numbered
from interpreter.problems import Language, Text

TITLE = Text("拟给予补贴名单公示", "Public notice of intended grants")
COLUMNS = (
    Column(NUMBER, "count", 6), Column(Text("申请人", "claimant"), width=30),
    Column(Text("证件号码", "number"), width=22), Column(Text("机关", "authority")),
    Column(Text("补贴项目", "measure"), width=26), Column(Text("金额", "amount"), "money"),
)
IN_ALL = Text("以上共 {letters} 件，合计 {amount}{capitals}。", "{letters} grants, {amount}{capitals} together.")
_HIDDEN = "＊"


def publicity_sheet(
    title: str, grants: Iterable[Grant], day: date | None, unnamed: Collection[str], language: Language,
) -> Sheet:
    """What is published of some grants, on a day: names whole, of private numbers the last four characters.

    Of somebody under age that day, and of claimants of the measures `unnamed`, only the first character of the name is
    shown. No account, telephone, address or anything else about a person is in it.
    """
    rows, sums = [], Decimal(0)
    for grant in grants:
        hidden = grant.payee.is_minor(day) or grant.measure in unnamed
        name = veiled(grant.payee.name) if hidden else grant.payee.name
        rows.append((name, grant.payee.shown, grant.authority, grant.title, grant.amount))
        sums += grant.amount
    return Sheet(title, COLUMNS, numbered(rows), (None, TOTAL.to(language), None, None, None, sums))


def veiled(name: str) -> str:
    """The first character of a name, and two stars whatever its length."""
    return name[:1] + _HIDDEN * 2 if name else ""

