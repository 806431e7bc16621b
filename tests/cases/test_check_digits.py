"""Check digits agree with those of the library that the region register comes from."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from interpreter.cases.formats import credit_check, resident_check


@given(st.text("0123456789", min_size=17, max_size=17))
def test_of_resident_ids(digits):
    assert resident_check(digits) == ric.calc_check_digit(digits + "0")


@given(st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=17, max_size=17))
def test_of_credit_codes(digits):
    assert credit_check(digits) == uscc.calc_check_digit(digits + "0")
