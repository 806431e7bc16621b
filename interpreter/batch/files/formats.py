"""Numbers with a check digit, as conditions of the database: true where the case reader would take them unchanged.

Whatever is not true here is looked at by the case reader itself, which knows what may be put right.
"""

from __future__ import annotations

from collections.abc import Callable

_RESIDENT_WEIGHTS = tuple(2 ** (17 - place) % 11 for place in range(17))
_CREDIT_DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = tuple(3**place % 31 for place in range(17))
_EARLIEST_BIRTH = "DATE '1850-01-01'"


def _resident_id(text: str, day: str | None) -> str:
    """GB 11643: form, a birthday there was by the day, the check digit; not one that a spreadsheet may have cut."""
    total = " + ".join(
        f"(ascii(substr({text}, {place}, 1)) - 48) * {weight}" for place, weight in enumerate(_RESIDENT_WEIGHTS, 1)
    )
    born = f"try_strptime(substr({text}, 7, 8), '%Y%m%d')::DATE"
    latest = f" AND {born} <= {day}" if day is not None else ""
    return (
        f"CASE WHEN regexp_full_match({text}, '[0-9]{{17}}[0-9X]') THEN "
        f"substr({text}, 18, 1) = substr('10X98765432', ({total}) % 11 + 1, 1) "
        f"AND substr({text}, 16, 3) <> '000' AND coalesce({born} >= {_EARLIEST_BIRTH}{latest}, FALSE) ELSE FALSE END"
    )


def _credit_code(text: str, _day: str | None) -> str:
    """GB 32100: form and check digit."""
    total = " + ".join(
        f"(instr('{_CREDIT_DIGITS}', substr({text}, {place}, 1)) - 1) * {weight}"
        for place, weight in enumerate(_CREDIT_WEIGHTS, 1)
    )
    letters = "[0-9A-HJ-NP-RTUWXY]"
    return (
        f"CASE WHEN regexp_full_match({text}, '{letters}{{2}}[0-9]{{6}}{letters}{{10}}') THEN "
        f"substr({text}, 18, 1) = substr('{_CREDIT_DIGITS}', (31 - ({total}) % 31) % 31 + 1, 1) ELSE FALSE END"
    )


FORMATS: dict[str, Callable[[str, str | None], str]] = {"resident id": _resident_id, "credit code": _credit_code}
"""The condition for a text in a format, on the day by which a person must be born (None: not known)."""
