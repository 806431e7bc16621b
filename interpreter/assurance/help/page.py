"""A page of help as people read it in a terminal, and the list of all codes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from interpreter.assurance.help.examples import said, shown
from interpreter.assurance.help.pages import Page
from interpreter.problems import Language, Text
from interpreter.problems.cells import clip, wrap
from interpreter.problems.cells import shown as visible
from interpreter.problems.messages import FLOORS, Message, catalogue
from interpreter.problems.render import render

_WHY, _BAD, _GOOD = Text("为什么", "why"), Text("错的写法", "wrong"), Text("对的写法", "right")
_BEFORE = Text("{}：", "{}:")
_HOLE = re.compile(r"\{\{|\}\}|\{\w+\}")
_HEADS = {
    "yaml": Text("文件作为文本和 YAML", "files as text and as YAML"),
    "language": Text("表达式", "expressions"),
    "rulebook": Text("规则文件夹", "the folder of a policy"),
    "tables": Text("按输入查的表，授权", "tables that are called by their inputs, and what is delegated"),
    "cases": Text("案件", "cases"),
    "sheets": Text("案件表格", "sheets of cases"),
    "letters": Text("文书和模板", "letters and their templates"),
    "batch": Text("成批决定", "many cases at once"),
    "tests": Text("规则的测试", "tests of a policy"),
    "jobs": Text("命令行上所写的", "what is asked on the command line"),
    "showing": Text("查看和新建", "showing a policy and starting one"),
}


def help_page(page: Page, language: Language, templates: Path, *, width: int = 80, colour: bool = False) -> str:
    """What a code says, why, a bad example with the problem as it is shown, and a good one."""
    problem = next(found for found in said(page, page.bad, language, templates) if found.code == page.code)
    told = render(problem, language, width=width - 2, colour=colour)
    lines = [
        *wrap(f"{page.code}  {_saying(catalogue()[page.code], language)}", width), "",
        *wrap(page.why.to(language), width), "",
        _BEFORE.to(language).format(_BAD.to(language)),
        *(_example(page, page.bad, language) if page.at == "said" else ()),
        *("  " + line for line in told.split("\n")),
        "",
        _BEFORE.to(language).format(_GOOD.to(language)),
        *_example(page, page.good, language),
    ]
    return "\n".join(lines) + "\n"


def list_of_codes(language: Language, *, width: int = 80) -> str:
    """Every code with what it says, under the floor that says it."""
    blocks = []
    for floor in FLOORS:
        messages: dict[str, Message] = import_module(f"interpreter.problems.messages.{floor}").MESSAGES
        column = max(map(len, messages)) + 2
        blocks.append("\n".join([
            _HEADS[floor].to(language),
            *(clip(f"  {code:<{column}}{_saying(message, language)}", width) for code, message in messages.items()),
        ]))
    return "\n\n".join(blocks) + "\n"


def _saying(message: Message, language: Language) -> str:
    """What a message says of anything: its holes are left open."""
    return _HOLE.sub(lambda hole: hole[0][0] if hole[0] in ("{{", "}}") else "…", message.says.to(language))


def _example(page: Page, example: Any, language: Language) -> Iterator[str]:
    for name, text in shown(page, example, language):
        if name:
            yield f"  {name}"
        indent = "    " if name else "  "
        yield from (f"{indent}{visible(line, 'utf-8')}" for line in text.rstrip("\n").split("\n"))
