"""A few lines of YAML laid over a file: where both have a key, the lines below it are laid over each other in turn."""

from __future__ import annotations

import re
from dataclasses import dataclass

_KEY = re.compile(r"( *)([^\s#-][^:]*): *(.*)")


@dataclass(slots=True)
class _Block:
    """A line that begins with a key, and the deeper lines below it. Lines before the first key have none."""

    key: str
    head: str
    body: list[str]

    @property
    def lines(self) -> list[str]:
        return [self.head, *self.body] if self.key else self.body


def overlay(base: str, fragment: str) -> str:
    """`base` with the keys of `fragment` in place of its own, and those it lacks at the end of their level."""
    return "\n".join(_laid_over(base.rstrip("\n").split("\n"), fragment.rstrip("\n").split("\n"))) + "\n"


def _laid_over(base: list[str], fragment: list[str]) -> list[str]:
    blocks = _blocks(base)
    known = {block.key: block for block in blocks if block.key}
    for block in _blocks(fragment):
        old = known.get(block.key)
        if old is None:
            blocks.append(block)
        elif _is_open(old) and _is_open(block):
            old.body = _laid_over(old.body, block.body)
        else:
            old.head, old.body = block.head, block.body
    return [line for block in blocks for line in block.lines]


def _is_open(block: _Block) -> bool:
    """Whether keys follow below the key."""
    found = _KEY.match(block.head)
    first = next((line for line in block.body if line.strip() and not line.lstrip().startswith("#")), "")
    return found is not None and not found[3].partition("#")[0].strip() and _KEY.match(first) is not None


def _blocks(lines: list[str]) -> list[_Block]:
    keys = [found for line in lines if (found := _KEY.match(line))]
    indent = min((len(found[1]) for found in keys), default=0)
    blocks = [_Block("", "", [])]
    for line in lines:
        found = _KEY.match(line)
        if found is not None and len(found[1]) == indent:
            blocks.append(_Block(found[2].strip(), line, []))
        else:
            blocks[-1].body.append(line)
    return blocks
