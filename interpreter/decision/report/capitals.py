"""Sums of money in Chinese capitals, as receipts and decisions write them so that nobody can alter a digit."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

DIGITS = "零壹贰叁肆伍陆柒捌玖"
STEPS = ((10**8, "亿"), (10**4, "万"), (10**3, "仟"), (100, "佰"), (10, "拾"))
LARGEST = 10**16


def capitals(amount: Decimal) -> str:
    """`amount`, in yuan with at most two decimals, in capitals: 16 is 人民币壹拾陆元整.

    By 《正确填写票据和结算凭证的基本规定》: 整 ends a sum without 角 and 分, and no other; zeros inside are
    written as one 零; a 0 of 角 before 分 is always 零. Where a single 零 is free to choose, it is written
    between 元 and 角 (壹仟陆佰捌拾元零叁角贰分) and not between 万 and 仟 (壹拾万柒仟元零伍角叁分).
    `ValueError` for zero, for negative sums, for fractions of a 分 and from 10**16 on.
    """
    fen_total = Fraction(amount) * 100 if amount.is_finite() else Fraction(0)
    if not 0 < fen_total < LARGEST * 100 or fen_total.denominator != 1:
        raise ValueError("only a positive sum in whole 分 is written in capitals")
    yuan, cents = divmod(fen_total.numerator, 100)
    jiao, fen = divmod(cents, 10)
    text = "人民币" + (_read(yuan) + "元" if yuan else "")
    if cents == 0:
        return text + "整"
    if yuan and (jiao == 0 or yuan % 10 == 0):
        text += "零"
    return text + (DIGITS[jiao] + "角" if jiao else "") + (DIGITS[fen] + "分" if fen else "")


def _read(number: int) -> str:
    """A whole number above 0; 零 stands where the next lower places are 0 and something follows."""
    for base, name in STEPS:
        if number >= base:
            high, rest = divmod(number, base)
            tail = "" if rest == 0 else ("零" if rest * 10 < base else "") + _read(rest)
            return _read(high) + name + tail
    return DIGITS[number]
