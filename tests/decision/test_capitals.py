"""Sums in capitals: the official examples, and that they can be read back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interpreter.decision.report import capitals

EXAMPLES = {
    "3000": "人民币叁仟元整",
    "1409.50": "人民币壹仟肆佰零玖元伍角",
    "6007.14": "人民币陆仟零柒元壹角肆分",
    "1680.32": "人民币壹仟陆佰捌拾元零叁角贰分",
    "107000.53": "人民币壹拾万柒仟元零伍角叁分",
    "325.04": "人民币叁佰贰拾伍元零肆分",
    "100500": "人民币壹拾万零伍佰元整",
    "10001000": "人民币壹仟万壹仟元整",
    "100010000": "人民币壹亿零壹万元整",
    "20.05": "人民币贰拾元零伍分",
    "107000.05": "人民币壹拾万柒仟元零伍分",
    "99999999.99": "人民币玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分",
    "0.05": "人民币伍分",
    "0.50": "人民币伍角",
    "16": "人民币壹拾陆元整",
    "1000000000000": "人民币壹万亿元整",
}


@pytest.mark.parametrize(("amount", "words"), EXAMPLES.items())
def test_examples(amount: str, words: str) -> None:
    assert capitals(Decimal(amount)) == words


@pytest.mark.parametrize("amount", ["0", "-1", "0.001", "NaN", "Infinity", "1e16", "1.00000000000000000000000000001"])
def test_refuses_what_is_no_sum(amount: str) -> None:
    with pytest.raises(ValueError, match="分"):
        capitals(Decimal(amount))


DIGITS = {word: number for number, word in enumerate("零壹贰叁肆伍陆柒捌玖")}
STEPS = {"拾": 10, "佰": 100, "仟": 1000}


def read_back(words: str) -> Decimal:
    """Reads capitals left to right, with no more knowledge than what each character is worth."""
    total = section = digit = 0
    fen = 0
    for char in words.removeprefix("人民币").removesuffix("整"):
        match char:
            case _ if char in DIGITS:
                digit = DIGITS[char]
            case _ if char in STEPS:
                section, digit = section + digit * STEPS[char], 0
            case "万" | "亿":
                scale = 10**4 if char == "万" else 10**8
                total, section, digit = (total + section + digit) * scale if scale == 10**8 else (
                    total + (section + digit) * scale
                ), 0, 0
            case "元":
                total, section, digit = total + section + digit, 0, 0
            case "角":
                fen, digit = fen + 10 * digit, 0
            case "分":
                fen, digit = fen + digit, 0
    return Decimal(total) + Decimal(fen) / 100


@given(st.integers(1, 10**14))
def test_reads_back_as_the_same_sum(fen: int) -> None:
    words = capitals(Decimal(fen) / 100)
    assert read_back(words) == Decimal(fen) / 100
    assert "零零" not in words
    assert words.endswith("整") == (fen % 100 == 0)
