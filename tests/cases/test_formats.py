"""Identity numbers and credit codes: what is put right, what is refused."""

from __future__ import annotations

from datetime import date

import pytest

from interpreter.cases.formats import (
    ENDS_000,
    HALF_WIDTH,
    NO_BLANKS,
    NO_SUCH_REGION,
    UPPER_CASE,
    Fit,
    Unfit,
    read_format,
)
from tests.cases.made import CODE, ID, OTHER_ID

DAY = date(2021, 6, 10)


@pytest.mark.parametrize(
    ("written", "value", "notes"),
    [
        (ID, ID, ()),
        (OTHER_ID, OTHER_ID, ()),
        (OTHER_ID.lower(), OTHER_ID, (UPPER_CASE,)),
        (" 511133 19900101\u30009999\u200b", ID, (NO_BLANKS,)),
        ("\u00a05111331990010399\ufeff9x", OTHER_ID, (NO_BLANKS, UPPER_CASE)),
        ("５１１１３３１９９００１０１９９９９", ID, (HALF_WIDTH,)),
        ("999999199001019993", "999999199001019993", (NO_SUCH_REGION,)),
        ("511133185001019000", "511133185001019000", (ENDS_000,)),
    ],
)
def test_resident_ids_that_are_kept(written: str, value: str, notes: tuple[object, ...]) -> None:
    assert read_format("resident id", written, DAY) == Fit(value, notes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("511133900101999", "case.id-fifteen"),
        (ID[:-1], "case.id-length"),
        (ID + "1", "case.id-length"),
        ("51113319900101-999", "case.id-form"),
        ("X11133199001019999", "case.id-form"),
        ("511133199002309999", "case.id-birth"),
        ("511133002101019999", "case.id-birth"),
        ("511133209912319999", "case.id-future"),
        (ID[:-1] + "8", "case.id-check"),
        ("511133199010019999", "case.id-check"),
    ],
)
def test_resident_ids_that_are_refused(written: str, code: str) -> None:
    assert read_format("resident id", written, DAY) == Unfit(code)


def test_without_a_day_nobody_is_born_too_late() -> None:
    assert read_format("resident id", "511133209912319999", None) == Fit("511133209912319999")


def test_credit_codes() -> None:
    assert read_format("credit code", CODE, None) == Fit(CODE)
    assert read_format("credit code", CODE.lower(), None) == Fit(CODE, (UPPER_CASE,))
    assert read_format("credit code", CODE[:-1], None) == Unfit("case.code-length")
    assert read_format("credit code", CODE.replace("XX", "IO", 1), None) == Unfit("case.code-form")
    assert read_format("credit code", CODE[:-1] + "P", None) == Unfit("case.code-check")


def test_every_single_wrong_digit_of_an_id_is_found() -> None:
    for at in range(17):
        for digit in "0123456789":
            wrong = ID[:at] + digit + ID[at + 1 :]
            assert (wrong == ID) == isinstance(read_format("resident id", wrong, None), Fit)


def test_other_texts_are_left_alone() -> None:
    assert read_format(None, " a x ", None) == Fit(" a x ")
