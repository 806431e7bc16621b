"""Numbers as people write them: 1,200元, 叁仟元整, 0.3万, 12个月, 10%, full-width digits."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from interpreter.language.types import Number
from interpreter.language.units import is_money
from interpreter.problems import Text

_PLAIN = re.compile(r"[-+]?\d+(?:\.\d+)?", re.ASCII)
_GROUPED = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
_SCALED = re.compile(r"([-+]?\d+(?:\.\d+)?)([百佰千仟万萬亿億])", re.ASCII)
_MONEY_BEFORE = re.compile(r"^(?:人民币|RMB|CNY|[¥￥])")
_MONEY_AFTER = re.compile(r"(?:元|圆|块|RMB|CNY)(?:整|正)?(?:/月|/人)?$")
_SCALES = {"百": 100, "佰": 100, "千": 1_000, "仟": 1_000, "万": 10_000, "萬": 10_000, "亿": 10**8, "億": 10**8}
_DIGITS = {digit: value % 10 for value, digit in enumerate("零一二三四五六七八九零壹贰叁肆伍陆柒捌玖")} | {
    "〇": 0, "两": 2, "貳": 2, "參": 3, "陸": 6,
}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1_000, "仟": 1_000}
_GREAT = {"万": 10_000, "萬": 10_000, "亿": 10**8, "億": 10**8}
_UNITS = {
    None: ("年度", "年", "个", "次", "人", "名", "人次"), "month": ("个月", "月"), "person": ("人", "名"),
    "day": ("天", "日"), "hour": ("小时", "个小时"), "year": ("年", "周年", "岁"), "time": ("次",),
}
"""Words after a number that say no more than its unit, by the unit's name."""
_LONGEST = 60

GROUPED = Text("已去掉千位分隔符", "the separators of thousands were taken out")
UNIT = Text("已去掉数字以外的单位字样", "the words for the unit were taken off")
CAPITALS = Text("大写（汉字）数字已改为阿拉伯数字", "a number in characters was put in digits")
SCALED = Text("按“万”等换算", "multiplied by the character for its scale")
HALF_WIDTH = Text("全角字符已改为半角", "full-width characters were made half-width")
PER_CENT = Text("百分数已换算为小数", "a percentage was turned into a fraction")
NO_BLANKS = Text("已去掉其中的空白", "blanks inside it were taken out")


def amount(text: str, type: Number) -> tuple[str, tuple[Text, ...]] | None:
    """The number that a text writes, in plain digits, with notes on what was changed; None where it is no number."""
    if len(text) > _LONGEST:
        return None
    if _PLAIN.fullmatch(text):
        return text.lstrip("+"), ()
    notes: list[Text] = []
    word = _changed("".join(text.split()), text, NO_BLANKS, notes)
    word = _changed(unicodedata.normalize("NFKC", word).replace("，", ","), word, HALF_WIDTH, notes)
    if is_money(type.unit):
        word = _changed(_MONEY_AFTER.sub("", _MONEY_BEFORE.sub("", word)), word, UNIT, notes) if not _in_parts(word) \
            else _changed(_MONEY_BEFORE.sub("", word), word, UNIT, notes)
    else:
        word = _changed(_without_unit(word, type), word, UNIT, notes)
    if word.endswith("%") and type.unit is None and _PLAIN.fullmatch(word[:-1]):
        return format(Decimal(word[:-1]).scaleb(-2), "f"), (*notes, PER_CENT)
    if _PLAIN.fullmatch(word):
        return word.lstrip("+"), tuple(notes)
    if _GROUPED.fullmatch(word):
        return word.replace(",", "").lstrip("+"), (*notes, GROUPED)
    scaled = _SCALED.fullmatch(word)
    if scaled is not None:
        return _trimmed(Decimal(scaled[1]) * _SCALES[scaled[2]]), (*notes, SCALED)
    whole = None if is_money(type.unit) else _integer(word)
    value = _in_characters(word) if is_money(type.unit) else None if whole is None else Decimal(whole)
    return None if value is None else (_trimmed(value), (*notes, CAPITALS))


def _changed(now: str, before: str, note: Text, notes: list[Text]) -> str:
    if now != before and note not in notes:
        notes.append(note)
    return now


def _trimmed(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _without_unit(word: str, type: Number) -> str:
    powers = type.unit.powers if type.unit is not None else ()
    name = powers[0][0] if len(powers) == 1 else None if not powers else ""
    for after in sorted(_UNITS.get(name, ()), key=len, reverse=True):
        if word.endswith(after) and len(word) > len(after):
            return word[: -len(after)]
    return word


def _in_parts(word: str) -> bool:
    """Whether an amount has 角 or 分 after 元."""
    return word.rstrip("整正").endswith(("角", "分"))


def _in_characters(word: str) -> Decimal | None:
    """The value of 叁仟, 一万二千, 壹佰元伍角叁分; None where it is not well formed."""
    word = word.rstrip("整正")
    found = re.fullmatch(r"(?:(.+?)[元圆块])?(?:(.)角)?零?(?:(.)分)?|(.+)", word)
    if not word or found is None:
        return None
    whole, jiao, fen, alone = found.groups()
    if alone is not None:
        value = _integer(alone)
        return None if value is None else Decimal(value)
    parts = [_integer(whole) if whole else 0, *(_DIGITS.get(part) if part else 0 for part in (jiao, fen))]
    if None in parts:
        return None
    yuan, tenths, hundredths = (Decimal(part or 0) for part in parts)
    return yuan + tenths.scaleb(-1) + hundredths.scaleb(-2)


def _integer(word: str) -> int | None:
    if re.fullmatch(r"\d+", word, re.ASCII):
        return int(word)
    for great in ("亿億", "万萬"):
        before, sign, after = _split(word, great)
        if sign:
            high, low = _section(before) if great == "万萬" else _integer(before), _integer(after) if after else 0
            return None if high is None or low is None or not high else high * _GREAT[sign] + low
    return _section(word)


def _split(word: str, signs: str) -> tuple[str, str, str]:
    at = next((i for i, c in enumerate(word) if c in signs), -1)
    return (word, "", "") if at < 0 else (word[:at], word[at], word[at + 1 :])


def _section(word: str) -> int | None:
    """A number below ten thousand: its units fall (千, 百, 十), each after one digit."""
    total, digit, last = 0, None, 10_000
    for place, c in enumerate(word):
        if c in _TENS:
            unit = _TENS[c]
            if unit >= last or digit == 0 or (digit is None and (unit != 10 or place)):
                return None
            total, last, digit = total + (digit or 1) * unit, unit, None
        elif c in _DIGITS:
            if digit not in (None, 0):
                return None
            digit = _DIGITS[c]
        else:
            return None
    if not word or (digit == 0 and total == 0 and len(word) > 1):
        return None
    return total + (digit or 0)
