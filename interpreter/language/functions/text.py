"""Text: compared, counted and cut by code points. Positions are from 1, or from the end with -1."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from interpreter.language.functions.comparison import causes_of
from interpreter.language.functions.row import FAULT, Fault, Function, Mismatch
from interpreter.language.literals import MAX_DIGITS
from interpreter.language.magnitude import between, span_of, spanning
from interpreter.language.types import BOOLEAN, TEXT, Number, Type
from interpreter.language.units import ONE
from interpreter.language.unknown import Unknown, Value
from interpreter.problems import Text

LONGEST = 1_000_000
"""Characters of a text that is put together; what is longer is a fault and no text of any rule."""

_LENGTH = spanning(Number(0, ONE), between(0, LONGEST))


def sized(text: str) -> str | Fault:
    """The text, unless it is longer than any rule's."""
    return text if len(text) <= LONGEST else FAULT


def place_of(position: int, length: int) -> int | None:
    """Which of so many a position means, from 0; None where there is none."""
    place = position - 1 if position > 0 else position + length
    return place if position and 0 <= place < length else None


def cut_type(whole: Callable[[tuple[Type, ...]], Type]) -> Callable[[tuple[Type, ...]], Type | Mismatch]:
    """The type of a part that begins at the second argument and is as long as the third, which are whole numbers."""

    def result(types: tuple[Type, ...]) -> Type | Mismatch:
        start = span_of(types[1])
        if start.low == start.high == 0:
            return Mismatch("list.position", whole(types))
        if len(types) > 2:
            longest = span_of(types[2]).high
            if longest is not None and longest < 1:
                return Mismatch("list.length", whole(types))
        return whole(types)

    return result


def _substring(text: str, start: int | Decimal | Fraction, length: int | Decimal | Fraction = LONGEST) -> str | Fault:
    place = place_of(int(start), len(text))
    return FAULT if place is None or length < 1 else text[place : place + int(length)]


def _before(text: str, match: str) -> str:
    return text[: max(text.find(match), 0)]


def _after(text: str, match: str) -> str:
    found = text.find(match)
    return "" if found < 0 else text[found + len(match) :]


def _join(texts: Value, delimiter: Value = "") -> Value | Fault:
    """Texts one after the other; what is unknown of any makes the whole so."""
    if isinstance(texts, Unknown) or any(isinstance(text, Unknown) for text in (*texts, delimiter)):
        return Unknown(causes_of((texts, delimiter)))
    return sized(delimiter.join(texts))


def _join_feel(texts: Value, delimiter: Value = "") -> Value | Fault:
    """The same, null left out."""
    if not isinstance(texts, Unknown):
        texts = tuple(text for text in texts if not isinstance(text, Unknown))
    return _join(texts, delimiter)


def number_text(value: int | Decimal | Fraction) -> str:
    """The digits of a number without needless zeros; of a quotient 34 of them, rounded half even."""
    if isinstance(value, Fraction):
        value = _rounded(value)
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _rounded(value: Fraction) -> Decimal:
    """A quotient to 34 digits, by integers alone."""
    if value == 0:
        return Decimal(0)
    size = len(str(abs(value.numerator))) - len(str(value.denominator))
    power = size - MAX_DIGITS + (abs(value) >= Fraction(10) ** size)
    digits = round(value / Fraction(10) ** power)
    return Decimal((int(digits < 0), tuple(map(int, str(abs(digits)))), power))


def truth_text(value: bool) -> str:
    """`true` or `false`."""
    return "true" if value else "false"


FUNCTIONS: tuple[Function, ...] = (
    Function("add.text", "+", ("text", "text"), TEXT, lambda a, b: sized(a + b),
             Text("文字相接", "joins texts"), '"新" + "昌"', partial=True),
    Function("starts with", "starts with", ("text", "text"), BOOLEAN, lambda text, match: text.startswith(match),
             Text("以某段文字开头", "begins with"), 'starts with("91123456", "91")', names=("string", "match")),
    Function("ends with", "ends with", ("text", "text"), BOOLEAN, lambda text, match: text.endswith(match),
             Text("以某段文字结尾", "ends with"), 'ends with("91123456", "56")', names=("string", "match")),
    Function("contains", "contains", ("text", "text"), BOOLEAN, lambda text, match: match in text,
             Text("含有某段文字", "contains"), 'contains("91123456", "23")', names=("string", "match")),
    Function("string length", "string length", ("text",), _LENGTH, len,
             Text("字数", "the number of characters"), 'string length("参保")', names=("string",)),
    Function("substring", "substring", ("text", "integer"), cut_type(lambda types: TEXT), _substring,
             Text("从第几个字起的文字；负数从末尾数起", "the text from a character on; negative counts from the end"),
             'substring("123456", 5)', partial=True, names=("string", "start position")),
    Function("substring.length", "substring", ("text", "integer", "integer"), cut_type(lambda types: TEXT), _substring,
             Text("从第几个字起的若干字；负数从末尾数起",
                  "so many characters from one on; negative counts from the end"),
             'substring("123456", 1, 2)', partial=True, names=("string", "start position", "length")),
    Function("substring.feel", "substring", ("text", "ratio"), cut_type(lambda types: TEXT), _substring,
             Text("从第几个字起的文字，舍去小数", "the text from a character on, fractions cut off"),
             'substring("123456", 5.5)', partial=True, names=("string", "start position"), feel=True),
    Function("substring.length.feel", "substring", ("text", "ratio", "ratio"), cut_type(lambda types: TEXT),
             _substring, Text("从第几个字起的若干字，舍去小数", "so many characters from one on, fractions cut off"),
             'substring("123456", 1, 2.8)', partial=True, names=("string", "start position", "length"), feel=True),
    Function("substring before", "substring before", ("text", "text"), TEXT, _before,
             Text("某段文字首次出现之前的文字；没有出现则为空", "what is before the first match; nothing without one"),
             'substring before("2021-03", "-")', names=("string", "match")),
    Function("substring after", "substring after", ("text", "text"), TEXT, _after,
             Text("某段文字首次出现之后的文字；没有出现则为空", "what is after the first match; nothing without one"),
             'substring after("2021-03", "-")', names=("string", "match")),
    Function("upper case", "upper case", ("text",), TEXT, lambda text: text.upper(),
             Text("字母变为大写", "with capital letters"), 'upper case("91123456ma2x")', names=("string",)),
    Function("lower case", "lower case", ("text",), TEXT, lambda text: text.lower(),
             Text("字母变为小写", "with small letters"), 'lower case("MA2X")', names=("string",)),
    Function("string join.feel", "string join", ("list of text",), TEXT, _join_feel,
             Text("各段文字相接，略去空值", "texts one after the other, null left out"),
             'string join(["a", null, "b"])', strict=False, partial=True, names=("list",), feel=True),
    Function("string join.delimiter.feel", "string join", ("list of text", "text"), TEXT, _join_feel,
             Text("各段文字相接，之间加分隔，略去空值", "texts with a delimiter between them, null left out"),
             'string join(["a", null, "b"], "-")', strict=False, partial=True, names=("list", "delimiter"), feel=True),
    Function("string join", "string join", ("list of text",), TEXT, _join,
             Text("各段文字相接", "texts one after the other"), 'string join(["新", "昌"])', strict=False,
             partial=True, names=("list",)),
    Function("string join.delimiter", "string join", ("list of text", "text"), TEXT, _join,
             Text("各段文字相接，之间加分隔", "texts one after the other, a delimiter between them"),
             'string join(["2021", "03"], "-")', strict=False, partial=True, names=("list", "delimiter")),
    Function("string.text", "string", ("text",), TEXT, lambda text: text,
             Text("文字本身", "the text itself"), 'string("参保")', names=("from",)),
    Function("string.boolean", "string", ("boolean",), TEXT, truth_text,
             Text("true 或 false", "true or false"), "string(1 < 2)", names=("from",)),
    Function("string.number", "string", ("number",), TEXT, number_text,
             Text("数的数字，不带单位，末尾不带多余的零", "a number's digits, without its unit and needless zeros"),
             "string(123.450)", names=("from",)),
    Function("string.ratio.feel", "string", ("ratio",), TEXT, number_text,
             Text("比率的数字，至多 34 位", "a ratio's digits, at most 34"), "string(1 / 3)",
             names=("from",), feel=True),
)
