"""An unknown name planted anywhere in an expression, written in any style of YAML, is marked exactly."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from wcwidth import wcwidth

from interpreter.language.read import read_expression
from interpreter.problems import Problem, Source
from interpreter.problems.cells import shown
from interpreter.problems.render import render
from interpreter.rulebook.load import load
from interpreter.rulebook.reading import Scalar, find, read_yaml
from tests.conftest import FULL
from tests.language.small import Small
from tests.rulebook.policies import copied

SLICES, OF_A_SLICE = 10, 1_000 if FULL else 100
NAMES = ("wgae", "没有的名称", "𠮷野", "été", "x9_")
BEFORE, AFTER = "\ue000", "\ue001"
"""Stand around the name while a file is made; they are taken out when all of it is written."""
LETTERS = "ab中文，。（）：😀🧑é e\u0301\u0308  -#'&*"
CLAUSES = (
    "word = {text}", "n > 3", "n in [1..5]", "contains(word, {text})", "参保月数 >= 3", "not(yes)", "{text} != word",
    "count(numbers[item > 1]) >= 2", "(yes or n = 1)",
)
PLANTED = (
    "{name} > 1", "count(numbers[item > {name}]) > 2", "min(n, {name}) > 2", "(if yes then {name} else n) = 1",
    "word = {name}", "{text} = {name}", "n in [{name}, 2]", "contains({name}, {text})",
)
Write = Callable[[Random, str], str]


def text(chance: Random) -> str:
    inner = "".join(chance.choice(LETTERS) for _ in range(chance.randrange(8)))
    return f'"{inner}{chance.choice(["", chr(92) * 2, chr(92) + chr(34)])}"'


def expression(chance: Random, name: str) -> str:
    """An expression in which only this name is wrong, with any white space between its words."""
    clauses = [chance.choice(CLAUSES) for _ in range(chance.randrange(4))]
    clauses.insert(chance.randrange(len(clauses) + 1), chance.choice(PLANTED))
    gap = chance.choice([" ", " ", "  ", "\n", "\n\n", "\n  "])
    written = f"{gap}{chance.choice(['and', 'or'])} ".join(clauses)
    return re.sub(r"\{(\w+)\}", lambda hole: BEFORE + name + AFTER if hole[1] == "name" else text(chance), written)


def flow(chance: Random, value: str) -> str:
    """The lines of a plain or quoted scalar: a blank may be a line break, a line break is two."""
    indent = "    " + " " * chance.randrange(3)
    lines = re.sub(r" *\n *", "\n", value).replace("\n", "\n\n" + indent)
    return re.sub(r"(?<=[^\s]) (?=[^\s#])", lambda _: chance.choice([" ", " ", " ", f"  \n{indent}"]), lines)


def plain(chance: Random, value: str) -> str:
    safe = re.sub(r'"(?:[^"\\]|\\.)*"', '"一 b😀"', value)
    return flow(chance, "yes and " + safe)


def single(chance: Random, value: str) -> str:
    return "'" + flow(chance, value.replace("'", "''")) + "'"


def double(chance: Random, value: str) -> str:
    def escaped(char: str) -> str:
        forms = [char] * 6 + [f"\\U{ord(char):08x}"] + ([f"\\u{ord(char):04x}"] * 2 if ord(char) < 0x10000 else [])
        forms += [f"\\x{ord(char):02x}"] if ord(char) < 0x100 else []
        if char in '"\\':
            return chance.choice(["\\" + char, *forms[6:]])
        return char if char in BEFORE + AFTER + "\n " else chance.choice(forms)

    # a line break that is escaped joins its lines, wherever it stands
    broken = re.sub(
        r"(?<=[a-z]) (?=[a-z])", lambda _: chance.choice([" ", " ", " \\\n     "]), flow(chance, value)
    )
    pieces = re.split(r"( \\\n +)", broken)
    return '"' + "".join(piece if piece.startswith(" \\\n") else "".join(map(escaped, piece)) for piece in pieces) + '"'


def block(mark: str) -> Write:
    def write(chance: Random, value: str) -> str:
        lines = value.split("\n")
        if mark == ">" and "\n " not in value:  # lines that stand deeper are not folded
            wrapped = re.sub(r"(?<=[^\s]) (?=[^\s])", lambda _: chance.choice([" ", " ", " ", "\n"]), value)
            lines = wrapped.split("\n")
        chomp, deeper = chance.choice(["", "-", "+"]), chance.choice([0, 0, 3])
        given = str(2 + deeper) if lines[0].startswith(" ") or chance.random() < 0.4 else ""
        header = chance.choice([given + chomp, chomp + given]) + chance.choice(["", "", "   # 说明 😀"])
        indent = "    " + " " * deeper
        ended = "\n".join([""] * chance.randrange(3))
        body = "\n".join(indent + line if line else chance.choice(["", "  "]) for line in lines)
        return f"{mark}{header}\n{body}{ended}"

    return write


STYLES: dict[str, Write] = {
    "plain": plain, "single": single, "double": double, "literal": block("|"), "folded": block(">"),
}


def file(chance: Random, scalar: str) -> tuple[Source, int, int]:
    """A file with the scalar at `k.n`, and where the name stands in it."""
    before = chance.choice(["", "# 注释 😀\n", "a: 中\n", 'a: "e\u0301"\n'])
    whole = f"{before}k:\n  m: 1\n  n: {scalar}\n" + chance.choice(["", "  z: 1\n", "# end"])
    if chance.random() < 0.3:
        whole = whole.replace("\n", "\r\n")
    whole = chance.choice(["", "\ufeff"]) + whole
    start = whole.index(BEFORE)
    whole = whole.replace(BEFORE, "")
    end = whole.index(AFTER)
    return Source("rules.yaml", whole.replace(AFTER, "")), start, end


def below(lines: list[str]) -> list[str]:
    """What stands above the carets of a rendered problem, cell by cell."""
    found = []
    for above, carets in pairwise(lines):
        if not re.fullmatch(r" +\| +\^+", carets):
            continue
        first, last = carets.index("^"), len(carets)
        at, marked = 0, ""
        for char in above:
            if first <= at < last:
                marked += char
            at += max(1, wcwidth(char))
        found.append(marked)
    return found


@pytest.mark.parametrize("seed", range(SLICES))
@pytest.mark.parametrize("style", STYLES)
def test_the_caret_is_under_the_name(style: str, seed: int) -> None:
    chance, small = Random(f"{style} {seed}"), Small()
    for _ in range(OF_A_SLICE // len(STYLES)):
        name = chance.choice(NAMES)
        source, start, end = file(chance, STYLES[style](chance, expression(chance, name)))
        found: list[Problem] = []
        root = read_yaml(source, found)
        assert root is not None, (source.text, found)
        value = find(root, ["k", "n"])
        assert isinstance(value, Scalar)
        assert value.style == style
        assert read_expression(value.fragment, small.scope, found) is None
        assert [problem.code for problem in found] == ["name.unknown"], (source.text, found)
        where = found[0].where
        assert where is not None
        assert (where.start, where.end) == (start, end), source.text
        for encoding in ("utf-8", "gbk"):
            lines = render(found[0], "zh", encoding=encoding, width=chance.choice([60, 80, 100])).split("\n")
            marked, = below(lines)
            whole = shown(source.text[start:end], encoding)
            assert marked == whole or (marked[-1] == "…" and whole.startswith(marked[:-1])), (source.text, lines)


@pytest.mark.parametrize("before", ["东区 | 甲市 | 旧东", "😀 e\u0301 | 𠮷野 | é, 中", "N\tE | 甲市\t| "])
@pytest.mark.parametrize("head", ["|", "|2-  # 说明", "|+"])
def test_the_caret_is_under_the_cell_of_a_table_block(before: str, head: str, tmp_path: Path) -> None:
    folder = copied(
        tmp_path, ("tables/districts.yaml", "rows: |", f"rows: {head}"),
        ("tables/districts.yaml", "东区 | 甲市 | 旧东, 老东 | 12.5", f"{before} | 一二"),
    )
    problems: list[Problem] = []
    load(folder, problems)
    problem = next(problem for problem in problems if problem.code == "value.number")
    for encoding in ("utf-8", "gbk"):
        assert below(render(problem, "en", encoding=encoding).split("\n")) == ["一二"]
