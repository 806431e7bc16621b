"""Numbers with a check digit: resident ids (GB 11643) and unified social credit codes (GB 32100).

What a keyboard does to a number (blanks inside, full-width digits, a lower-case letter) is put right, with a note that
never says the number. Whatever else is wrong is refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from interpreter.problems import Text

_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"
_RESIDENT = re.compile(r"[0-9]{17}[0-9X]")
_CREDIT = re.compile(r"[0-9A-HJ-NP-RTUWXY]{2}[0-9]{6}[0-9A-HJ-NP-RTUWXY]{10}")
_CREDIT_DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_EARLIEST = 1850

NO_BLANKS = Text("已去掉其中的空白", "blanks inside it were taken out")
HALF_WIDTH = Text("全角字符已改为半角", "full-width characters were made half-width")
UPPER_CASE = Text("小写字母已改为大写", "lower-case letters were made capital")
NO_SUCH_REGION = Text(
    "前六位不是已知的行政区划代码，请核对", "its first six digits are no known region code, please check"
)
ENDS_000 = Text("末三位是000，可能被表格软件截断，请核对", "it ends in 000, perhaps cut by a spreadsheet, please check")


@dataclass(frozen=True, slots=True)
class Fit:
    """The number as it is kept, and notes on what was put right or looks odd."""

    value: str
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Unfit:
    """The code of the message that says what is wrong; the number itself is never part of it."""

    code: str


def read_format(
    format: str | None, text: str, day: date | None, known_region: Callable[[str], bool] = lambda code: False
) -> Fit | Unfit:
    """The text in the given format (`resident id`, `credit code`; None: any). `day` is the day by which a person must
    be born, None where it is not known; `known_region` tells of a region's code whether the policy itself names it."""
    match format:
        case "resident id":
            return _resident_id(_tidy(text), day, known_region)
        case "credit code":
            return _credit_code(_tidy(text))
        case _:
            return Fit(text)


def hangs_on_day(format: str | None) -> bool:
    """Whether the same text may be right for one case and wrong for another: somebody must be born by its day."""
    return format == "resident id"


def _tidy(text: str) -> Fit:
    notes = []
    kept = "".join(c for c in text if not (c.isspace() or c in _INVISIBLE))
    if kept != text:
        notes.append(NO_BLANKS)
    narrow = unicodedata.normalize("NFKC", kept)
    if narrow != kept:
        notes.append(HALF_WIDTH)
    if narrow.isascii() and narrow.upper() != narrow:
        narrow = narrow.upper()
        notes.append(UPPER_CASE)
    return Fit(narrow, tuple(notes))


def _resident_id(number: Fit, day: date | None, known_region: Callable[[str], bool]) -> Fit | Unfit:
    text = number.value
    if re.fullmatch(r"[0-9]{15}", text):
        return Unfit("case.id-fifteen")
    if len(text) != 18:
        return Unfit("case.id-length")
    if not _RESIDENT.fullmatch(text):
        return Unfit("case.id-form")
    try:
        born = date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return Unfit("case.id-birth")
    if born.year < _EARLIEST:
        return Unfit("case.id-birth")
    if day is not None and born > day:
        return Unfit("case.id-future")
    if resident_check(text[:17]) != text[-1]:
        return Unfit("case.id-check")
    notes = list(number.notes)
    if not (known_region(text[:6]) or _registered(text[:6])):
        notes.append(NO_SUCH_REGION)
    if text.endswith("000"):
        notes.append(ENDS_000)
    return Fit(text, tuple(notes))


def resident_check(digits: str) -> str:
    """The check digit of the 17 digits before it (ISO 7064, MOD 11-2)."""
    total = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(digits))
    rest = (1 - total) % 11
    return "X" if rest == 10 else str(rest)


def credit_check(digits: str) -> str:
    """The check digit of the 17 digits before it (GB 32100, modulo 31 by the powers of three)."""
    total = sum(_CREDIT_DIGITS.index(digit) * 3**place for place, digit in enumerate(digits))
    return _CREDIT_DIGITS[-total % 31]


def _registered(region: str) -> bool:
    """Whether the library's register has the region; it is large, and read only where the policy does not know it."""
    from stdnum import numdb

    return "county" in numdb.get("cn/loc").info(region)[-1][1]


def _credit_code(number: Fit) -> Fit | Unfit:
    if len(number.value) != 18:
        return Unfit("case.code-length")
    if not _CREDIT.fullmatch(number.value):
        return Unfit("case.code-form")
    if credit_check(number.value[:17]) != number.value[-1]:
        return Unfit("case.code-check")
    return number
