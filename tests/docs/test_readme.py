"""What README says is so: its commands print what it shows, its Python runs, its files are the files."""

from __future__ import annotations

import re

import pytest

from tests.docs.readme import README, ROOT, Checkout, agrees, commands, sections, whole_files

TEXT = README.read_text(encoding="utf-8")
SECTIONS = sections(TEXT)
ON_A_FRESH_MACHINE = {"make demo", "make test", "source .venv/bin/activate"}
KINDS = {"console", "diff", "python", "text", "sh", "yaml"}


@pytest.mark.parametrize("section", [name for name, blocks in SECTIONS.items() if blocks])
def test_a_section_does_what_it_shows(section, tmp_path):
    checkout = Checkout(tmp_path)
    printed = ""
    for block in SECTIONS[section]:
        match block.language:
            case "console":
                for command, shown in commands(block.text):
                    actual = checkout.console(command)
                    assert agrees(shown, actual), f"$ {command}\n{actual}"
            case "diff":
                checkout.edit(block.text)
            case "python":
                printed = checkout.run("python", "-c", block.text)
            case "text":
                assert printed == block.text


def test_every_block_is_of_a_kind_that_is_looked_at():
    assert {block.language for blocks in SECTIONS.values() for block in blocks} <= KINDS
    assert TEXT.count("```") == 2 * sum(map(len, SECTIONS.values()))
    assert any(commands(block.text) for block in SECTIONS["Start"] if block.language == "console")


def test_the_first_commands_are_there():
    lines = [line for block in SECTIONS["Start"] if block.language == "sh" for line in block.text.splitlines()]
    assert {line.partition("#")[0].strip() for line in lines} == ON_A_FRESH_MACHINE
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert {"demo", "test"} <= targets


def test_files_shown_whole_are_the_files():
    shown = list(whole_files(TEXT))
    assert shown
    for path, text in shown:
        assert path.read_text(encoding="utf-8") == text


def test_paths_that_are_named_exist():
    notices = list((ROOT / "policy").iterdir())
    for word in re.findall(r"`([\w./-]+/[\w.-]*)`", TEXT):
        assert any((folder / word).exists() for folder in (ROOT, *notices)), word


def test_the_three_expressions_are_shown():
    shown = dict(pair for block in SECTIONS["How a measure reads"]
                 if block.language == "console" for pair in commands(block.text))
    assert {command.strip() for command in shown} >= {
        """policy ask '"B" in ["A","B"] and 2 > 1'""", "policy ask '0.1 + 0.2 = 0.3'",
        """policy ask 'date("2020-01-31") + duration("P1M")'""",
    }


def test_a_difference_is_seen():
    assert agrees("a\n...\nc\n", "a\nb\nb\nc\n")
    assert agrees("", "")
    assert not agrees("a\n", "a\nb\n")
    assert not agrees("a\n...\nd\n", "a\nb\nc\n")
