"""Options and arguments that several commands have, and the words of their help."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import click

from interpreter.problems import Text
from interpreter.problems.language import choose_language


def say(zh: str, en: str) -> str:
    """A text of the help, in the language the computer is set to."""
    return Text(zh, en).to(choose_language(None, os.environ))


FOLDER = click.Path(path_type=Path)
POLICY = click.option(
    "--policy", type=FOLDER, metavar="FOLDER", default=Path("policy"), show_default=True,
    help=say("一份或几份政策的规则文件夹", "the rules: the folder of a notice, or of several"),
)
LANG = click.option("--lang", type=click.Choice(["zh", "en"]), help=say("输出用的语言", "language of the output"))


def pairs(_context: click.Context, _option: click.Parameter, values: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """`PATH=VALUE` as a pair each."""
    for value in values:
        if "=" not in value:
            # what was typed is not repeated: it may be private
            raise click.BadParameter(say("写成 名称=值", "write PATH=VALUE"))
    return tuple((path, text) for path, _sign, text in (value.partition("=") for value in values))


def day(_context: click.Context, _option: click.Parameter, value: str | None) -> date | None:
    """A day as it is written, 2021-06-10."""
    try:
        return None if value is None else date.fromisoformat(value)
    except ValueError:
        wrong = say(f"“{value}”不是日期，写成 2021-06-10", f"'{value}' is not a day; write it as 2021-06-10")
        raise click.BadParameter(wrong) from None


FILES = click.argument("files", nargs=-1, required=True, metavar="FILE...")
AS_OF = click.option("--as-of", metavar="DAY", callback=day, help=say(
    "改按这一天的规定，例如 2021-06-10", "decide as of another day, such as 2021-06-10"
))
SET = click.option("--set", "sets", multiple=True, metavar="PATH=VALUE", callback=pairs, help=say(
    "换一项事实试算；值留空即去掉这项事实", "try another value of a fact; no value takes the fact away"
))
HISTORY = click.option("--history", type=FOLDER, metavar="FILE", help=say(
    "以前的决定（JSON）", "earlier decisions (JSON)"
))
