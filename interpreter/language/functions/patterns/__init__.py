"""Patterns in text, as DMN has them: XPath's regular expressions. No SQL back end has these."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from interpreter.language.functions.row import Function
from interpreter.language.types import BOOLEAN, TEXT, List
from interpreter.problems import Text


def _later(name: str, **more: Any) -> Callable[..., Any]:
    """A function of `use`, which most notices never need and so is read in only with the first pattern."""

    def called(*args: Any) -> Any:
        return getattr(import_module(f"{__name__}.use"), name)(*args, **more)

    return called


FUNCTIONS: tuple[Function, ...] = (
    Function("matches", "matches", ("text", "text"), BOOLEAN, _later("matches"),
             Text("文字中有没有符合正则表达式的部分", "whether a pattern is found in a text"),
             r'matches("123456", "^\d{6}$")', partial=True, batch=False, names=("input", "pattern"),
             written=_later("look", often=False)),
    Function("matches.flags", "matches", ("text", "text", "text"), BOOLEAN, _later("matches"),
             Text("同上，带标志：i 不分大小写，s 点号也含换行，m 逐行，x 略去空格，q 按字面",
                  "the same with flags: i ignores case, s lets a dot be a line end, m minds lines, x leaves out "
                  "blanks, q takes the pattern as it stands"),
             'matches("MA2X", "ma", "i")', partial=True, batch=False, names=("input", "pattern", "flags"),
             written=_later("look", flags=2, often=False)),
    Function("replace", "replace", ("text", "text", "text"), TEXT, _later("replace"),
             Text("把符合正则表达式的各部分换成别的文字，$1 是第一对括号里的内容",
                  "with another text wherever a pattern is found; $1 is what the first group has"),
             r'replace("2021-03", "(\d+)-(\d+)", "$2/$1")', partial=True, batch=False,
             names=("input", "pattern", "replacement"), written=_later("look", replacement=2)),
    Function("replace.flags", "replace", ("text", "text", "text", "text"), TEXT, _later("replace"),
             Text("同上，带标志", "the same with flags"), 'replace("MA2X", "[a-z]", "*", "i")', partial=True,
             batch=False, names=("input", "pattern", "replacement", "flags"),
             written=_later("look", replacement=2, flags=3)),
    Function("split", "split", ("text", "text"), List(TEXT), _later("split"),
             Text("在符合正则表达式之处断开", "the texts between the places where a pattern is found"),
             r'split("王某 李某", "\s")', partial=True, batch=False, names=("string", "delimiter"),
             written=_later("look")),
)
