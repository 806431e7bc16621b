"""What the page on an office's files shows is so: its commands print it, its kinds of cells are read so."""

from __future__ import annotations

from pathlib import Path

from tests.docs.readme import ROOT, Checkout, agrees, commands, sections

TEXT = (ROOT / "docs/office-files.md").read_text(encoding="utf-8")


def test_its_commands_print_what_it_shows(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path)
    blocks = [block for found in sections(TEXT).values() for block in found]
    assert blocks
    assert {block.language for block in blocks} == {"console"}
    for block in blocks:
        for command, shown in commands(block.text):
            actual = checkout.console(command)
            assert agrees(shown, actual), f"$ {command}\n{actual}"
