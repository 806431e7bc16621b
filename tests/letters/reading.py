"""What a browser would make of a page: its tags, and the text between them."""

from __future__ import annotations

from html.parser import HTMLParser

from interpreter.letters import markdown
from interpreter.letters.document import Document
from interpreter.letters.escaping import Written
from interpreter.letters.paper import Paper, of


def read(source: str) -> Document:
    """The tree of a letter without values."""
    return markdown.read(Written(source))


def paper(source: str) -> Paper:
    """The paper of a letter without values."""
    return of(read(source), "2021-0001-steady-granted", "2021-0001")


class Page(HTMLParser):
    """The body of a page: `tags` in order, `texts` one for each block or cell."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.texts: list[str] = [""]
        self.feed(source.partition("<body>")[2])
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag + "".join(f" {name}={value}" for name, value in attrs))
        self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        self.texts.append("")

    def handle_comment(self, data: str) -> None:
        self.tags.append("comment")

    def handle_decl(self, decl: str) -> None:
        self.tags.append("declaration")

    def handle_data(self, data: str) -> None:
        self.texts[-1] += data
