"""Many PDFs of `lay_out` as one print file: pages and bookmarks one after the other, of any number, in little memory.

Typst writes plain objects and one table of their places, so a file is appended by giving its objects other numbers.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from collections.abc import Iterator
from typing import BinaryIO

_CATALOG, _PAGES, _BOOKMARKS = 1, 2, 3
_HEAD = b"%PDF-1.7\n%\x80\x80\x80\x80\n"
_TABLE = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_SECTION = re.compile(rb"xref\s+0 (\d+)\s+")
_ENTRY = 20
# a text in brackets may hold what looks like a reference; brackets within it are in pairs or escaped
_TOKEN = re.compile(rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\))*\)|\b(\d+) 0 R\b", re.DOTALL)
_STREAM = re.compile(rb">>\s*stream\r?\n")


class PrintFile:
    """A print file being written to a binary file, which is to be empty; `finish` ends it. `pages` counts those there
    already. Same PDFs, same bytes."""

    def __init__(self, file: BinaryIO) -> None:
        self.pages = 0
        self._file = file
        self._offset = 0
        self._places = array("Q", [0] * (_BOOKMARKS + 1))
        self._trees: list[int] = []
        self._bookmarks = 0
        self._first_mark = 0
        self._last_mark: tuple[int, bytes] | None = None
        self._digest = hashlib.sha256()
        self._write(_HEAD)

    def add(self, pdf: bytes) -> None:
        """Appends all pages of a PDF of `lay_out`. ValueError for any other file."""
        self._digest.update(pdf)
        objects = dict(_objects(pdf))
        root = _reference(rb"/Root", pdf[pdf.rindex(b"trailer") :])
        catalog = objects.pop(root)
        tree, marks = _reference(rb"/Pages", catalog), _reference(rb"/Outlines", catalog, none=0)
        base = len(self._places) - 1
        numbers = {number: base + place for place, number in enumerate(objects, 1)} | {marks: _BOOKMARKS}
        first, last = (
            _reference(key, objects[marks], none=0) if marks else 0 for key in (rb"/First", rb"/Last")
        )
        for number, body in objects.items():
            made = _renumbered(body, numbers)
            if number == tree:
                made = made.replace(b"<<", b"<</Parent %d 0 R" % _PAGES, 1)
                self.pages += int(_found(rb"/Count (\d+)", body))
                self._trees.append(numbers[tree])
            if number == first:
                made = self._joined(numbers[first], made)
            if number == last:
                self._last_mark = numbers[last], made
                self._places.append(0)
            elif number == marks:
                self._bookmarks += int(_found(rb"/Count (\d+)", body))
                self._places.append(0)
            else:
                self._places.append(self._offset)
                self._write(_object(numbers[number], made))

    def finish(self) -> None:
        """Writes what holds the file together: the catalog, the tree of pages, the bookmarks, the table of places."""
        last = self._last_mark[0] if self._last_mark is not None else 0
        self._end_marks(b"")
        kids = b" ".join(b"%d 0 R" % tree for tree in self._trees)
        marks = b"/Outlines %d 0 R/PageMode/UseOutlines" % _BOOKMARKS if last else b""
        self._put(_CATALOG, b"<</Type/Catalog/Pages %d 0 R%s/Lang(zh-CN)>>" % (_PAGES, marks))
        self._put(_PAGES, b"<</Type/Pages/Count %d/Kids[%s]>>" % (self.pages, kids))
        self._put(_BOOKMARKS, b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>" % (
            self._first_mark, last, self._bookmarks) if last else b"<</Type/Outlines>>")
        table = self._offset
        self._write(b"xref\n0 %d\n0000000000 65535 f\r\n" % len(self._places))
        for place in self._places[1:]:
            self._write(b"%010d 00000 n\r\n" % place if place else b"0000000000 65535 f\r\n")
        name = self._digest.hexdigest()[:32].encode()
        self._write(b"trailer\n<</Size %d/Root %d 0 R/ID[<%s><%s>]>>\nstartxref\n%d\n%%%%EOF\n" % (
            len(self._places), _CATALOG, name, name, table))

    def _joined(self, number: int, body: bytes) -> bytes:
        """The first bookmark of what is added, after the last one there was."""
        before = self._last_mark[0] if self._last_mark is not None else 0
        self._end_marks(b"/Next %d 0 R" % number)
        if not before:
            self._first_mark = number
            return body
        return body.replace(b"<<", b"<</Prev %d 0 R" % before, 1)

    def _end_marks(self, next: bytes) -> None:
        """Writes the last bookmark there was, which had to wait for what comes next."""
        if self._last_mark is not None:
            number, body = self._last_mark
            self._put(number, body.replace(b"<<", b"<<" + next, 1))
            self._last_mark = None

    def _put(self, number: int, body: bytes) -> None:
        self._places[number] = self._offset
        self._write(_object(number, body))

    def _write(self, content: bytes) -> None:
        self._file.write(content)
        self._offset += len(content)


def _object(number: int, body: bytes) -> bytes:
    return b"%d 0 obj\n%s\nendobj\n" % (number, body)


def _objects(pdf: bytes) -> Iterator[tuple[int, bytes]]:
    """The number and the body of each object of a file."""
    table = int(_found(_TABLE, pdf))
    section = _SECTION.match(pdf, table)
    if section is None:
        raise ValueError("no plain table of objects")
    entries = [
        (number, pdf[at : at + _ENTRY]) for number, at in enumerate(
            range(section.end(), section.end() + _ENTRY * int(section[1]), _ENTRY))
    ]
    places = sorted((int(entry[:10]), number) for number, entry in entries if entry[17:18] == b"n")
    for (start, number), (end, _) in zip(places, [*places[1:], (table, 0)], strict=True):
        body = pdf[start:end].removeprefix(b"%d 0 obj" % number).rstrip()
        yield number, body.removesuffix(b"endobj").strip(b"\r\n")


def _renumbered(body: bytes, numbers: dict[int, int]) -> bytes:
    """An object with every reference to another one changed; what a stream holds stays as it is."""
    stream = _STREAM.search(body)
    end = stream.start() if stream is not None else len(body)

    def other(found: re.Match[bytes]) -> bytes:
        return found[0] if found[1] is None else b"%d 0 R" % numbers.get(int(found[1]), 0)

    return _TOKEN.sub(other, body[:end]) + body[end:]


def _reference(key: bytes, body: bytes, none: int | None = None) -> int:
    found = re.search(key + rb" (\d+) 0 R", body)
    if found is None:
        if none is None:
            raise ValueError(f"no {key.decode()}")
        return none
    return int(found[1])


def _found(pattern: bytes | re.Pattern[bytes], body: bytes) -> bytes:
    found = re.search(pattern, body)
    if found is None:
        raise ValueError("not a file that was laid out here")
    return found[1]
