"""The page on the language: prose with its examples worked out, and a table of every function and operator."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from pkgutil import iter_modules

from interpreter.decision.calculator import Result, work_out
from interpreter.language import functions
from interpreter.language.functions import ROWS, Function, say_pattern
from interpreter.language.show import show
from interpreter.language.types import say_type
from interpreter.language.unknown import Unknown
from interpreter.problems import Problem

_EXAMPLES = re.compile(r"^```ask\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LIKE = "like what it is given"
_SHORT = {"anything": "value", "something with an order": "value", "something that = compares": "value"}
_DAY = date(2024, 6, 10)
"""What `as_of` is in examples."""


def filled(template: str) -> str:
    """The page: each line of a block of examples with what it gives, and FUNCTIONS as their tables."""
    page = _EXAMPLES.sub(lambda block: f"```text\n{_examples(block[1].splitlines())}```", template)
    return page.replace("FUNCTIONS\n", "\n".join(_tables()))


def answer(expression: str) -> str:
    """What an expression gives, as `policy ask` shows it; the code of the problem where it is refused."""
    problems: list[Problem] = []
    found = work_out(expression, None, _DAY, problems)
    return f"refused: {problems[0].code}" if found is None else _shown(found)


def _shown(found: Result) -> str:
    if isinstance(found.value, Unknown):
        return "unknown: it has no value"
    if isinstance(found.value, bool):
        return "true" if found.value else "false"
    return show(found.value, found.type, "en")


def _examples(lines: list[str]) -> str:
    column = max(map(len, lines)) + 2
    return "".join(f"{line:<{column}}{answer(line)}\n" for line in lines)


def _tables() -> Iterator[str]:
    """A table for each module of functions, headed by the first words of what the module says of itself."""
    for found in iter_modules(functions.__path__):
        module = import_module(f"{functions.__name__}.{found.name}")
        rows = [row for row in ROWS if row in getattr(module, "FUNCTIONS", ()) and not row.feel]
        if rows:
            yield f"### {re.split('[:.]', module.__doc__ or '')[0]}\n"
            yield "| | gives | | example | |\n| --- | --- | --- | --- | --- |"
            # rows that differ only in what they are made of inside are one to readers
            yield from dict.fromkeys(map(_row, rows))
            yield ""


def _row(row: Function) -> str:
    meaning = f"{row.doc.en} / {row.doc.zh}" + ("" if row.batch else " (not in batch)")
    gives = _LIKE if callable(row.result) else say_type(row.result).en
    cells = (f"`{_signature(row)}`", gives, meaning, f"`{row.example}`", answer(row.example))
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _signature(row: Function) -> str:
    params = [_SHORT.get(said := say_pattern(param).en, said) for param in row.params]
    if row.name.startswith("."):
        return f"{params[0]}{row.name}"
    if not row.name[0].isalpha() or row.name in ("and", "or", "in"):
        return f" {row.name} ".join(params) if len(params) > 1 else f"{row.name}{params[0]}"
    return f"{row.name}({', '.join(params)}{', ...' if row.variadic else ''})"
