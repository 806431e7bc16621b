"""The `policy` command: reads options, calls one function, prints."""

from __future__ import annotations

import os
import shutil
import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from interpreter import jobs
from interpreter.problems.language import choose_language

POLICY = click.option(
    "--policy", "policy", type=click.Path(path_type=Path), default=Path("policy"), show_default=True,
    help="规则文件夹 / folder of one notice, or of several",
)
LANG = click.option("--lang", type=click.Choice(["zh", "en"]), help="界面语言 / language of the output")


def _view(lang: str | None, *, brief: bool = False, show_private: bool = False) -> jobs.View:
    width = min(100, max(60, shutil.get_terminal_size((80, 24)).columns))
    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    return jobs.View(choose_language(lang, os.environ), width, colour, brief, show_private)


def _end(ended: jobs.Ended) -> None:
    """Prints what a command says, in whatever the terminal can show, and leaves with its code."""
    for stream, text in ((sys.stdout, ended.out), (sys.stderr, ended.err)):
        if text:
            encoding = stream.encoding or "utf-8"
            stream.write(text.encode(encoding, "replace").decode(encoding))
            stream.flush()
    sys.exit(ended.code)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="policy")
def main() -> None:
    """把政策文件写成规则，对案件作出决定并说明理由。

    Decides cases by the rules of public notices, and says why.
    """


@main.command()
@POLICY
@LANG
@click.option("--questions", is_flag=True, help="列出尚未决定的问题 / list the questions nobody has decided")
def check(policy: Path, lang: str | None, questions: bool) -> None:
    """检查规则与文书模板。 Check the rules and the letter templates."""
    _end(jobs.check(policy, _view(lang), questions=questions))


@main.command()
@POLICY
@LANG
def test(policy: Path, lang: str | None) -> None:
    """运行规则的测试案例。 Run the policy's own tests."""
    _end(jobs.run_tests(policy, _view(lang)))


@main.command()
@click.argument("claimant")
@POLICY
@LANG
def form(claimant: str, policy: Path, lang: str | None) -> None:
    """写出空白案件表。 Write a case file to fill in."""
    _end(jobs.blank_form(policy, claimant, _view(lang)))


def _pair(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    for value in values:
        if "=" not in value:
            raise click.BadParameter(f"{value}: 写成 路径=值 / write path=value")
    return tuple((path, text) for path, _, text in (value.partition("=") for value in values))


def _day(_: click.Context, __: click.Parameter, value: str | None) -> date | None:
    try:
        return None if value is None else date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"{value}: 写成 年-月-日 / write a day as 2021-06-10") from None


@main.command(name="eval")
@click.argument("files", nargs=-1, required=True)
@click.option("--measure", help="只看一项措施 / one measure only (id or title)")
@click.option("--as-of", callback=_day, help="按哪一天的规定 / the day whose rules hold, 2021-06-10")
@click.option("--why", help="逐步说明一项措施 / one measure step by step (id or title)")
@click.option("--format", "form_", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--letters", type=click.Path(path_type=Path), help="把文书写到此文件夹 / write the letters here")
@click.option("--set", "sets", multiple=True, callback=_pair, help="试改一项事实 / change a fact, path=value")
@click.option("--history", type=click.Path(path_type=Path), help="以前的决定 / earlier decisions (JSON)")
@click.option("--brief", is_flag=True, help="不列已符合的条件 / leave out requirements that are met")
@click.option("--show-private", is_flag=True, help="不遮盖证件号码 / show identity numbers in full")
@click.option("--strict", is_flag=True, help="有未决事项时以 5 退出 / exit 5 where something is undecided")
@POLICY
@LANG
def evaluate(files: tuple[str, ...], policy: Path, lang: str | None, **asked: Any) -> None:
    """对案件作出决定并说明理由；- 表示从标准输入读 JSON 行。

    Decide cases and say why; - reads JSON lines from standard input.
    """
    question = jobs.Question(
        files, policy, asked["measure"], asked["as_of"], asked["why"], asked["form_"] == "json", asked["letters"],
        asked["sets"], asked["history"], asked["strict"],
    )
    stdin = sys.stdin.read() if "-" in files else ""
    _end(jobs.evaluate(question, _view(lang, brief=asked["brief"], show_private=asked["show_private"]), stdin))


if __name__ == "__main__":
    main()
