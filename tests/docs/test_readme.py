"""What README says is so: its commands print what it shows, its Python runs, its files are the files."""

from __future__ import annotations

import re
from datetime import date

import pytest

from interpreter.language.closures import compile_core
from interpreter.language.environment import Environment, Program
from interpreter.language.read import read_expression
from interpreter.language.scope import Scope, Slots
from interpreter.language.show import show
from interpreter.problems import Fragment, Problem
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


def answer(expression: str) -> str:
    """What an expression without names gives, as it is shown."""
    problems: list[Problem] = []
    scope = Scope({}, Slots(), lambda _name, _span: 0)
    read = read_expression(Fragment.whole("README.md", expression), scope, problems)
    assert read is not None, problems
    run = compile_core(read.core, Program({}, {}, {}, compile_core, record=False))
    value = run(Environment({}, date(2021, 6, 10), None, [None] * 8))
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else show(value, read.type, "en")


def test_the_three_expressions():
    rows = re.findall(r"^\| `([^|`]+)` \| (true|false|[0-9-]+) \|", TEXT, re.MULTILINE)
    assert len(rows) == 3
    assert [answer(expression) for expression, _ in rows] == [shown for _, shown in rows]


def test_a_difference_is_seen():
    assert agrees("a\n...\nc\n", "a\nb\nb\nc\n")
    assert agrees("", "")
    assert not agrees("a\n", "a\nb\n")
    assert not agrees("a\n...\nd\n", "a\nb\nc\n")
