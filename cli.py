"""The `policy` command: reads options, calls one function, prints."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import Any, Literal

import click

from interpreter import jobs
from interpreter.problems import Text
from interpreter.problems.language import choose_language


def _say(zh: str, en: str) -> str:
    """A text of the help, in the language the computer is set to."""
    return Text(zh, en).to(choose_language(None, os.environ))


_FOLDER = click.Path(path_type=Path)
POLICY = click.option(
    "--policy", type=_FOLDER, metavar="FOLDER", default=Path("policy"), show_default=True,
    help=_say("一份或几份政策的规则文件夹", "the rules: the folder of a notice, or of several"),
)
LANG = click.option("--lang", type=click.Choice(["zh", "en"]), help=_say("输出用的语言", "language of the output"))


def _run(lang: str | None, job: Callable[[jobs.View], jobs.Ended], **how: bool) -> None:
    """Does a job, prints what it says in whatever the terminal can show, and leaves with its code."""
    colour = sys.stdout.isatty() and sys.stderr.isatty() and not os.environ.get("NO_COLOR")
    width = min(100, max(60, shutil.get_terminal_size((80, 24)).columns))
    ended = jobs.guarded(job, jobs.View(choose_language(lang, os.environ), width, colour, **how))
    try:
        if ended.is_data and not sys.stdout.isatty():
            sys.stdout.buffer.write(ended.out.encode("utf-8"))
        else:
            sys.stdout.write(ended.out)
        sys.stdout.flush()
        sys.stderr.write(ended.err)
        sys.stderr.flush()
    except BrokenPipeError:
        # whoever read our output has seen enough; nothing may be written to it at exit either
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(ended.code)


class _Program(click.Group):
    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Runs with output that never fails for a character the terminal lacks."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors="replace")
        return super().main(*args, **kwargs)


@click.group(
    cls=_Program, context_settings={"help_option_names": ["-h", "--help"]},
    help=_say(
        "按政策文件的规则对案件作出决定，并说明理由。", "Decides cases by the rules of public notices, and says why."
    ),
    epilog=_say("English help: POLICY_LANG=en policy --help", "中文帮助：POLICY_LANG=zh policy --help"),
)
@click.version_option(package_name="policy", message="%(prog)s %(version)s")
def main() -> None: ...


@main.command(help=_say("检查规则和文书模板。", "Check the rules and the templates of the letters."))
@POLICY
@LANG
@click.option("--questions", is_flag=True, help=_say("列出尚未定论的问题", "list the questions not decided yet"))
@click.option("--help-on", "code", metavar="CODE", help=_say(
    "说明一个问题代码，附对错写法；list 列出全部代码",
    "explain the code of a problem, with a wrong and a right example; list shows all codes",
))
@click.option("--format", "form_", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help=_say("给人看，或给程序读（每行一个问题）", "for people, or for programs (a problem a line)"))
def check(policy: Path, lang: str | None, questions: bool, code: str | None, form_: str) -> None:
    job = partial(jobs.check, policy, questions=questions, as_lines=form_ == "json")
    _run(lang, job if code is None else partial(jobs.help_on, code))


@main.command(help=_say("运行规则自带的测试案例。", "Run the policy's own tests."))
@POLICY
@LANG
def test(policy: Path, lang: str | None) -> None:
    _run(lang, partial(jobs.run_tests, policy))


@main.command(name="fmt", help=_say(
    "整理规则中表达式和表格的排版，其余一字不动。\n\nPATH 是政策的文件夹或其中的文件，不写即 policy。",
    "Lay out the expressions and tables of rules, and nothing else.\n\n"
    "PATH is the folder of a notice or something in it, policy by default.",
))
@click.argument("paths", nargs=-1, type=_FOLDER, metavar="[PATH]...")
@click.option("--check", "only_check", is_flag=True, help=_say(
    "不改写，只列出应改的文件；有则以 1 退出", "change nothing, list what would change; exit with 1 if anything"
))
@click.option("--diff", is_flag=True, help=_say("不改写，只写出差异", "change nothing, print the difference"))
@LANG
def format_(paths: tuple[Path, ...], only_check: bool, diff: bool, lang: str | None) -> None:
    _run(lang, partial(jobs.format_files, paths or (Path("policy"),), check=only_check, diff=diff))


@main.command(help=_say(
    "写出某类申请人的空白案件表；--excel 写成可填许多案件的工作簿。",
    "Write a blank case of a CLAIMANT, to fill in; --excel writes a workbook for many cases.",
))
@click.argument("claimant")
@click.option("--excel", is_flag=True, help=_say("写成 .xlsx，policy import 可直接读回", "as .xlsx, for policy import"))
@click.option("-o", "--out", type=_FOLDER, metavar="FILE", help=_say("写到这个文件", "write to this file"))
@POLICY
@LANG
def form(claimant: str, excel: bool, out: Path | None, policy: Path, lang: str | None) -> None:
    _run(lang, partial(jobs.blank_form, policy, claimant, excel=excel, out=out))


def _pairs(_context: click.Context, _option: click.Parameter, values: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    for value in values:
        if "=" not in value:
            # what was typed is not repeated: it may be private
            raise click.BadParameter(_say("写成 名称=值", "write PATH=VALUE"))
    return tuple((path, text) for path, _sign, text in (value.partition("=") for value in values))


def _day(_context: click.Context, _option: click.Parameter, value: str | None) -> date | None:
    try:
        return None if value is None else date.fromisoformat(value)
    except ValueError:
        wrong = _say(f"“{value}”不是日期，写成 2021-06-10", f"'{value}' is not a day; write it as 2021-06-10")
        raise click.BadParameter(wrong) from None


FILES = click.argument("files", nargs=-1, required=True, metavar="FILE...")
AS_OF = click.option("--as-of", metavar="DAY", callback=_day, help=_say(
    "改按这一天的规定，例如 2021-06-10", "decide as of another day, such as 2021-06-10"
))
SET = click.option("--set", "sets", multiple=True, metavar="PATH=VALUE", callback=_pairs, help=_say(
    "换一项事实试算；值留空即去掉这项事实", "try another value of a fact; no value takes the fact away"
))
HISTORY = click.option("--history", type=_FOLDER, metavar="FILE", help=_say(
    "以前的决定（JSON）", "earlier decisions (JSON)"
))


def _given(
    files: tuple[str, ...], policy: Path, as_of: date | None = None, sets: tuple[tuple[str, str], ...] = (),
    history: Path | None = None,
) -> jobs.Given:
    return jobs.Given(files, policy, as_of, sets, history, stdin=sys.stdin.buffer.read() if "-" in files else b"")


@main.command(
    name="eval",
    help=_say(
        "对案件作出决定并说明理由。\n\n"
        "案件是 .json 或 .yaml 文件；.jsonl 文件每行一个案件。\n\n"
        "- 表示从标准输入读这样的行。",
        "Decide cases and say why.\n\n"
        "A case is a .json or .yaml file; .jsonl has a case a line, - reads such lines from standard input.",
    ),
)
@FILES
@click.option("--measure", metavar="MEASURE", help=_say("只看一项措施（名称或标题）", "one measure only (name, title)"))
@AS_OF
@click.option("--why", metavar="MEASURE", help=_say("逐步说明一项措施", "explain one measure step by step"))
@click.option("--format", "form_", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help=_say("给人看，或给程序读", "for people, or for programs"))
@click.option("--letters", type=_FOLDER, metavar="FOLDER", help=_say(
    "把文书写到这个文件夹", "write letters to this folder"
))
@SET
@HISTORY
@click.option("--brief", is_flag=True, help=_say("不列出已符合的条件", "leave out requirements that are met"))
@click.option("--show-private", is_flag=True, help=_say("不遮盖证件号码", "show identity numbers in full"))
@click.option("--strict", is_flag=True, help=_say("有待补、待审的，以 5 退出", "exit with 5 if anything is undecided"))
@POLICY
@LANG
def evaluate(
    files: tuple[str, ...], measure: str | None, as_of: date | None, why: str | None, form_: str, letters: Path | None,
    sets: tuple[tuple[str, str], ...], history: Path | None, brief: bool, show_private: bool, strict: bool,
    policy: Path, lang: str | None,
) -> None:
    given = _given(files, policy, as_of, sets, history)
    question = jobs.Question(given, measure, why, form_ == "json", letters, strict)
    _run(lang, partial(jobs.evaluate, question), brief=brief, show_private=show_private)


_FORMATS = ("pdf", "docx", "html", "txt")


@main.command(help=_say(
    "成批生成文书，并列出目录；中断后再次运行即接着写。\n\n"
    "一份的预览：policy letters case.json --measure 事项 --open",
    "Write the letters of many cases, with lists; run again to go on.\n\n"
    "To look at one: policy letters case.json --measure MEASURE --open",
))
@FILES
@click.option("-o", "--out", type=_FOLDER, metavar="FOLDER", help=_say("写到这个文件夹", "write here"))
@click.option("--format", "formats", default="txt,html", show_default=True, metavar="FORMATS", help=_say(
    f"格式（{'、'.join(_FORMATS)}），用逗号分开", f"formats ({', '.join(_FORMATS)}), separated by commas"
))
@click.option("--only", default="", metavar="KINDS", help=_say(
    "只写这几类，用逗号分开，例如 准予,待补；changed 只写与 --since 那次不同的",
    "only these kinds, separated by commas: granted,incomplete; changed: only what differs from the run of --since",
))
@click.option("--since", type=_FOLDER, metavar="FOLDER", help=_say(
    "与上次写到这个文件夹的文书比较", "compare with the letters of an earlier run in this folder"
))
@click.option("--measure", metavar="MEASURE", help=_say("只写一项措施（名称或标题）", "one measure only (name, title)"))
@click.option("--open", "open_", is_flag=True, help=_say("打开第一份来看；不写 -o 即写到临时文件夹",
              "open the first one to look at; without -o in a temporary folder"))
@click.option("-j", "--jobs", "workers", type=click.IntRange(1, 256), metavar="N", help=_say(
    "同时用几个进程，不写即全部处理器", "how many processes, as many as there are processors by default"
))
@AS_OF
@HISTORY
@POLICY
@LANG
def letters(
    files: tuple[str, ...], out: Path | None, formats: str, only: str, since: Path | None, measure: str | None,
    open_: bool, workers: int | None, as_of: date | None, history: Path | None, policy: Path, lang: str | None,
) -> None:
    wanted = tuple(dict.fromkeys(_words(formats)))
    if not wanted or set(wanted) - set(_FORMATS):
        known = _say(f"格式有 {'、'.join(_FORMATS)}", f"formats are {', '.join(_FORMATS)}")
        raise click.BadParameter(known, param_hint="--format")
    if out is None and not open_:
        raise click.UsageError(_say("用 -o 写明文书写到哪个文件夹", "say with -o in which folder the letters go"))
    kinds = tuple(_words(only))
    if set(kinds) & set(jobs.CHANGED) and since is None:
        raise click.BadParameter(_say("与哪一次比较，用 --since 写明", "say with --since which run to compare with"),
                                 param_hint="--only")
    if since is not None and (not since.is_dir() or (out is not None and since.resolve() == out.resolve())):
        raise click.BadParameter(_say("写另一次文书的文件夹", "name the folder of another run"), param_hint="--since")
    mailing = jobs.Mailing(
        _given(files, policy, as_of, (), history), out or Path(tempfile.mkdtemp(prefix="policy-")), wanted, kinds,
        measure, since, workers, partial(_open, lang) if open_ else None,
    )
    _run(lang, partial(jobs.letters, mailing, _bar(lang)))


def _words(listed: str) -> list[str]:
    return [word.strip() for word in listed.replace("，", ",").split(",") if word.strip()]


def _open(lang: str | None, file: Path) -> str:
    """Opens a file in whatever the system shows such files with, where there is a display; and says where it is."""
    seen = sys.platform in ("darwin", "win32") or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    opened = bool(seen) and click.launch(str(file)) == 0
    said = Text("已打开 {file}", "opened {file}") if opened else Text("请看 {file}", "see {file}")
    return said.to(choose_language(lang, os.environ)).format(file=file) + "\n"


def _bar(lang: str | None) -> Callable[[int, int], None]:
    """A progress bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        return lambda done, of: None
    language = choose_language(lang, os.environ)
    label = Text("文书", "letters").to(language)
    rate = Text("每秒 {rate} 件", "{rate} cases a second")
    bar = click.progressbar(length=1, label=label, file=sys.stderr, show_pos=True, item_show_func=lambda said: said)
    began = time.monotonic()

    def show(done: int, of: int) -> None:
        bar.length = of
        seconds = max(1, round(time.monotonic() - began))
        bar.update(done - bar.pos, rate.to(language).format(rate=done // seconds))
        if done == of:
            bar.render_finish()

    return show


@main.command(name="import", help=_say(
    "从表格（.xlsx、.xls、.ods、CSV）读案件：看懂了什么、修正和退回了什么；-o 写成 policy eval 能读的案件。",
    "Read cases from spreadsheets (.xlsx, .xls, .ods, CSV): show what was understood, repaired and refused; -o writes "
    "cases that policy eval reads.",
))
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=_FOLDER)
@click.option("--preview", is_flag=True, help=_say("只看看懂了什么（不写文件时本来如此）", "show only (as without -o)"))
@click.option("--map-out", type=_FOLDER, metavar="FILE", help=_say(
    "写出列与事实的对照表，供改正", "write which column is which fact, to be corrected"
))
@click.option("--map", "mapping", type=_FOLDER, metavar="FILE", help=_say("用改好的对照表", "use a corrected mapping"))
@click.option("-o", "--out", type=_FOLDER, metavar="FILE", help=_say(
    "把案件写到这个 .jsonl 文件；退回的写在旁边的 rejects.xlsx",
    "write the cases to this .jsonl file, what was refused to rejects.xlsx beside it",
))
@click.option("--notice", metavar="NAME", help=_say(
    "有几份政策时，按哪一份", "by which notice, where there are several"
))
@POLICY
@LANG
def import_(
    files: tuple[Path, ...], preview: bool, map_out: Path | None, mapping: Path | None, out: Path | None,
    notice: str | None, policy: Path, lang: str | None,
) -> None:
    asked = jobs.Import(files, policy, mapping, map_out, None if preview else out, notice)
    _run(lang, partial(jobs.import_files, asked))


@main.command(help=_say(
    "列出公示名单、资金拨付表、实名制台账和统计表，都是 Excel 和可打印的文书；只写其中几种的，指明即可。",
    "List what was decided: for publication, payment, the ledger, and in numbers; all of these unless some are named.",
))
@FILES
@click.option("-o", "--out", type=_FOLDER, required=True, metavar="FOLDER", help=_say("写到这个文件夹", "write here"))
@click.option("--publicity", is_flag=True, help=_say(
    "公示名单（证件号码只留末四位）", "who is to get what, of numbers the end"
))
@click.option("--payment", is_flag=True, help=_say(
    "资金拨付汇总表和明细表", "what is to be paid, together and one by one"
))
@click.option("--ledger", is_flag=True, help=_say("实名制工作台账", "everybody who claimed, by real names"))
@click.option("--statistics", is_flag=True, help=_say("办理情况统计表", "how many claims came to what"))
@click.option("--format", "formats", default="xlsx,html", show_default=True, metavar="FORMATS", help=_say(
    "格式，用逗号分开：xlsx、html、txt、docx、pdf", "formats, separated by commas: xlsx, html, txt, docx, pdf"
))
@click.option("--day", metavar="DAY", callback=_day, help=_say("名单的日期，例如 2022-06-30", "the date of the lists"))
@AS_OF
@HISTORY
@POLICY
@LANG
def lists(
    files: tuple[str, ...], out: Path, publicity: bool, payment: bool, ledger: bool, statistics: bool, formats: str,
    day: date | None, as_of: date | None, history: Path | None, policy: Path, lang: str | None,
) -> None:
    wanted = tuple(word.strip() for word in formats.split(",") if word.strip())
    if not wanted or set(wanted) - {"xlsx", "html", "txt", "docx", "pdf"}:
        said = _say("格式有 xlsx、html、txt、docx、pdf", "formats are xlsx, html, txt, docx and pdf")
        raise click.BadParameter(said, param_hint="--format")
    asked = {"publicity": publicity, "payment": payment, "ledger": ledger, "statistics": statistics}
    kinds = tuple(name for name, named in asked.items() if named)
    listing = jobs.Listing(_given(files, policy, as_of, (), history), out, kinds, wanted, day)
    _run(lang, partial(jobs.lists, listing))


@main.command(help=_say(
    "成批决定：表格（.xlsx、.xls、.ods、CSV）、.jsonl 或 Parquet，从文件到文件。",
    "Decide many cases, from files (.xlsx, .xls, .ods, CSV, .jsonl, Parquet) to files.",
))
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=_FOLDER)
@click.option("-o", "--out", type=_FOLDER, required=True, metavar="FOLDER", help=_say("写到这个文件夹", "write here"))
@click.option("--map", "mapping", type=_FOLDER, metavar="FILE", help=_say("用改好的对照表", "use a corrected mapping"))
@AS_OF
@SET
@click.option("--engine", type=click.Choice(["duckdb", "interpreter"]), default="duckdb", show_default=True, help=_say(
    "用数据库还是解释器算，结论相同", "work the rules out in the database or by the interpreter, with the same answer"
))
@click.option("--threads", type=click.IntRange(1), metavar="N", help=_say("用几个线程", "how many threads to use"))
@click.option("--memory", metavar="SIZE", help=_say("最多用多少内存，例如 2GB", "how much memory to use, such as 2GB"))
@POLICY
@LANG
def batch(
    files: tuple[Path, ...], out: Path, mapping: Path | None, as_of: date | None, sets: tuple[tuple[str, str], ...],
    engine: Literal["duckdb", "interpreter"], threads: int | None, memory: str | None, policy: Path, lang: str | None,
) -> None:
    asked = jobs.BatchAsked(files, out, policy, mapping, as_of, sets, engine, threads, memory)
    _run(lang, partial(jobs.batch, asked, _percent(lang)))


def _percent(lang: str | None) -> Callable[[float], None]:
    """A bar of percents on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        return lambda percent: None
    label = Text("决定", "deciding").to(choose_language(lang, os.environ))
    bar = click.progressbar(length=100, label=label, file=sys.stderr)

    def show(percent: float) -> None:
        bar.update(int(percent) - bar.pos)
        if percent >= 100:
            bar.render_finish()

    return show


@main.command(help=_say("谁尽了哪项职责，谁没有报告。", "Who has met which duty, and who reported nothing."))
@FILES
@AS_OF
@POLICY
@LANG
def duties(files: tuple[str, ...], as_of: date | None, policy: Path, lang: str | None) -> None:
    _run(lang, partial(jobs.duties, _given(files, policy, as_of)))


@main.command(help=_say(
    "把通知或其中一项（措施、定义、参数、表……）写成人读的样子。",
    "Print the notice, or one thing in it (a measure, definition, parameter, table), as people read it.",
))
@click.argument("name", required=False)
@POLICY
@LANG
def show(name: str | None, policy: Path, lang: str | None) -> None:
    _run(lang, partial(jobs.show, policy, name))


@main.command(help=_say(
    "算一个表达式，写出它的值和类型，例如 policy ask '0.1 + 0.2 = 0.3'。",
    "Work out one expression and print its value and type: policy ask '0.1 + 0.2 = 0.3'",
), context_settings={"ignore_unknown_options": True})
@click.argument("expression", metavar="EXPR", type=click.UNPROCESSED)
@click.option("--policy", type=_FOLDER, metavar="FOLDER", help=_say(
    "可以用这份政策的参数、表和定义", "use the parameters, tables and definitions of this notice"
))
@AS_OF
@LANG
def ask(expression: str, policy: Path | None, as_of: date | None, lang: str | None) -> None:
    _run(lang, partial(jobs.ask, expression, policy, as_of))


@main.command(help=_say("从 Debian 取来排印 PDF 用的字体。", "Fetch the fonts PDF letters are set in, from Debian."))
@LANG
def fonts(lang: str | None) -> None:
    _run(lang, partial(jobs.fonts, partial(click.echo, err=True)))


@main.command(help=_say("写出一份可以运行的小政策，供改写。", "Write a small working notice to start from."))
@click.argument("directory", type=_FOLDER)
@LANG
def new(directory: Path, lang: str | None) -> None:
    _run(lang, partial(jobs.start, directory))


if __name__ == "__main__":
    main()
