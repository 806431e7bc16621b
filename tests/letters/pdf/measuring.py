"""A PDF as it was printed: its characters, lines and rules, in millimetres from the upper left corner."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import dataclass

import pdfplumber

MM = 72 / 25.4


@dataclass(frozen=True)
class Line:
    """Characters that stand in one line."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    font: str
    colour: object


@dataclass(frozen=True)
class Sheet:
    """One page."""

    width: float
    height: float
    lines: tuple[Line, ...]
    rules: tuple[tuple[float, float, float, float, object], ...]
    """x, y, width and height of each filled rectangle or line, and its colour."""

    def line(self, words: str) -> Line:
        """The one line with these words."""
        (found,) = [line for line in self.lines if words in line.text]
        return found

    @property
    def text(self) -> str:
        return "".join(line.text for line in self.lines)


def sheets(pdf: bytes) -> list[Sheet]:
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return [_sheet(page) for page in document.pages]


def fonts_of(pdf: bytes) -> dict[str, bool]:
    """The name of each font of a file, and whether the file carries it."""
    found: dict[str, bool] = {}
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            for reference in (page.page_obj.resources.get("Font") or {}).values():
                font = reference.resolve()
                (inner,) = [each.resolve() for each in font["DescendantFonts"]]
                descriptor = inner["FontDescriptor"].resolve()
                found[str(font["BaseFont"].name)] = bool(set(descriptor) & {"FontFile", "FontFile2", "FontFile3"})
    return found


def _sheet(page: pdfplumber.page.Page) -> Sheet:
    rows: list[list[dict]] = []
    height = float(page.height)
    for char in page.chars:
        at = height - char["matrix"][5]
        # the keyword for a seal lies unseen beneath the signature
        if char["size"] < 2:
            continue
        if rows and abs(rows[-1][0]["at"] - at) < 1 and char["x0"] >= rows[-1][-1]["x0"] - 1:
            rows[-1].append({**char, "at": at})
        else:
            rows.append([{**char, "at": at}])
    lines = tuple(
        Line(
            "".join(char["text"] for char in row), row[0]["x0"] / MM, row[-1]["x1"] / MM, row[0]["at"] / MM,
            Counter(round(char["size"], 2) for char in row).most_common(1)[0][0],
            Counter(char["fontname"].partition("+")[2] for char in row).most_common(1)[0][0],
            row[0]["non_stroking_color"],
        )
        for row in rows
    )
    rules = tuple(
        (each["x0"] / MM, each["top"] / MM, each["width"] / MM, each["height"] / MM, each["non_stroking_color"])
        for each in page.rects
    )
    return Sheet(float(page.width) / MM, height / MM, lines, rules)
