"""Texts, names and identity numbers as they come in cells."""

from __future__ import annotations

import re
import unicodedata

from interpreter.cases.formats import resident_check
from interpreter.problems import Text

_WRAPPED = re.compile(r'="(.*)"', re.DOTALL)
_ROUNDED = re.compile(r"\d(?:\.\d+)?[Ee]\+?\d+")
_FIFTEEN = re.compile(r"\d{15}", re.ASCII)
_CENTENARIANS = re.compile(r"\d{12}99[6-9]", re.ASCII)
_POINTS = re.compile("[•‧・．․∙⋅･‐]")
_CJK = r"[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇]"
_BETWEEN_POINTS = re.compile(rf"(?<={_CJK})\s*[•‧・．․∙⋅･·.]\s*(?={_CJK})")
_BETWEEN = re.compile(rf"(?<={_CJK})\s+(?={_CJK})")
_LOST = re.compile("[〓?？□�\ue000-\uf8ff]")
_KEPT = "\n\t"

TRIMMED = Text("已去掉首尾的空白", "blanks around it were taken off")
INVISIBLE = Text("已去掉不可见的字符", "invisible characters were taken out")
UNWRAPPED = Text("已去掉表格软件加的撇号或等号引号", "the apostrophe or quotes of a spreadsheet were taken off")
NAME_BLANKS = Text("已去掉姓名中间的空格", "blanks inside the name were taken out")
NAME_POINT = Text("姓名中的间隔号已统一为“·”", 'the point inside the name was put as "·"')
NAME_LOST = Text(
    "姓名中可能有没能存下的生僻字，请核对", "a rare character of the name may have been lost, please check"
)
FIFTEEN = Text(
    "15位旧号码已换算为18位（补19和校验码），请核对",
    "an old number of 15 digits was made one of 18 (19 and a check digit put in), please check",
)


def tidied(text: str) -> tuple[str, list[Text]]:
    """A text without what nobody sees: blanks around it, characters without a shape, a spreadsheet's own marks."""
    notes: list[Text] = []
    found = _WRAPPED.fullmatch(text)
    if found is not None or (text.startswith("'") and len(text) > 1 and text[1:2].isalnum()):
        text = found[1] if found is not None else text[1:]
        notes.append(UNWRAPPED)
    seen = "".join(
        c for c in text if c in _KEPT or c in "\u200c\u200d" or unicodedata.category(c) not in ("Cf", "Cc", "Cs")
    )
    if seen != text:
        notes.append(INVISIBLE)
    stripped = seen.strip()
    if stripped != seen:
        notes.append(TRIMMED)
    return stripped, notes


def tidied_name(text: str) -> tuple[str, list[Text]]:
    """A person's name, its characters never put as others: only blanks between them go, and points become one."""
    text, notes = tidied(text)
    name = _BETWEEN_POINTS.sub("·", text)
    if name != text:
        notes.append(NAME_POINT)
    joined = _BETWEEN.sub("", name)
    if joined != name:
        notes.append(NAME_BLANKS)
    if _LOST.search(joined):
        notes.append(NAME_LOST)
    return joined, notes


def is_rounded(text: str) -> bool:
    """Whether a text is a long number as a spreadsheet rounds it: 5.11133E+17."""
    return bool(_ROUNDED.fullmatch(text.strip()))


def of_eighteen(text: str) -> tuple[str, list[Text]]:
    """A resident's number of 15 digits as one of 18: they were given to people born in the last century, but for the
    serials kept for the oldest."""
    word = "".join(unicodedata.normalize("NFKC", text).split())
    if not _FIFTEEN.fullmatch(word) or _CENTENARIANS.fullmatch(word):
        return text, []
    seventeen = f"{word[:6]}19{word[6:]}"
    return seventeen + resident_check(seventeen), [FIFTEEN]
