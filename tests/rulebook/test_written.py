"""Amounts as files write them: to the last digit."""

from __future__ import annotations

from decimal import Decimal

import pytest

from interpreter.language.types import Number
from interpreter.rulebook.regions import _from_steps
from interpreter.rulebook.written import read_amount_text


@pytest.mark.parametrize(("text", "value", "places"), [
    ("10%", "0.10", 2), ("-0.5%", "-0.005", 3),
    ("1.234567890123456789012345678901%", "0.01234567890123456789012345678901", 32),
])
def test_a_percentage_keeps_every_digit(text: str, value: str, places: int) -> None:
    found = read_amount_text(text)
    assert found is not None
    assert (found.value, found.places) == (Decimal(value), places)


def test_the_end_of_a_region_keeps_every_digit() -> None:
    found = _from_steps(1234567890123456789012345678901234, Number(2))
    assert str(found) == "12345678901234567890123456789012.34"
