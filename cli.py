"""The `policy` command: reads options, calls one function, prints."""

from __future__ import annotations

import sys
from datetime import date
from functools import partial
from pathlib import Path
from typing import Literal

import click

from interpreter import jobs
from interpreter.console.bars import stages
from interpreter.console.options import AS_OF, FILES, FOLDER, HISTORY, LANG, POLICY, SET, day, say
from interpreter.console.running import Program, open_file, run


@click.group(
    cls=Program, context_settings={"help_option_names": ["-h", "--help"]},
    help=say(
        "按政策文件的规则对案件作出决定，并说明理由。", "Decides cases by the rules of public notices, and says why."
    ),
    epilog=say("English help: POLICY_LANG=en policy --help", "中文帮助：POLICY_LANG=zh policy --help"),
)
@click.version_option(package_name="policy", message="%(prog)s %(version)s")
def main() -> None: ...


@main.command(help=say("检查规则和文书模板。", "Check the rules and the templates of the letters."))
@POLICY
@LANG
@click.option("--questions", is_flag=True, help=say("列出尚未定论的问题", "list the questions not decided yet"))
@click.option("--batch", "batch_", is_flag=True, help=say(
    "也查成批决定时用不了的函数", "also find functions that a batch has not"
))
@click.option("--help-on", "code", metavar="CODE", help=say(
    "说明一个问题代码，附对错写法；list 列出全部代码",
    "explain the code of a problem, with a wrong and a right example; list shows all codes",
))
@click.option("--format", "form_", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help=say("给人看，或给程序读（每行一个问题）", "for people, or for programs (a problem a line)"))
def check(
    policy: Path, lang: str | None, questions: bool, batch_: bool, code: str | None, form_: str,
) -> None:
    job = partial(jobs.notices.check, policy, questions=questions, as_lines=form_ == "json", batch=batch_)
    run(lang, job if code is None else partial(jobs.explain.help_on, code))


@main.command(help=say("运行规则自带的测试案例。", "Run the policy's own tests."))
@POLICY
@LANG
def test(policy: Path, lang: str | None) -> None:
    run(lang, partial(jobs.notices.run_tests, policy))


@main.command(name="fmt", help=say(
    "整理规则中表达式和表格的排版，其余一字不动。\n\nPATH 是政策的文件夹或其中的文件，不写即 policy。",
    "Lay out the expressions and tables of rules, and nothing else.\n\n"
    "PATH is the folder of a notice or something in it, policy by default.",
))
@click.argument("paths", nargs=-1, type=FOLDER, metavar="[PATH]...")
@click.option("--check", "only_check", is_flag=True, help=say(
    "不改写，只列出应改的文件；有则以 1 退出", "change nothing, list what would change; exit with 1 if anything"
))
@click.option("--diff", is_flag=True, help=say("不改写，只写出差异", "change nothing, print the difference"))
@LANG
def format_(paths: tuple[Path, ...], only_check: bool, diff: bool, lang: str | None) -> None:
    run(lang, partial(jobs.layout.format_files, paths or (Path("policy"),), check=only_check, diff=diff))


@main.command(help=say(
    "写出某类申请人的空白案件表；--excel 写成可填许多案件的工作簿。",
    "Write a blank case of a CLAIMANT, to fill in; --excel writes a workbook for many cases.",
))
@click.argument("claimant")
@click.option("--excel", is_flag=True, help=say("写成 .xlsx，policy import 可直接读回", "as .xlsx, for policy import"))
@click.option("-o", "--out", type=FOLDER, metavar="FILE", help=say("写到这个文件", "write to this file"))
@POLICY
@LANG
def form(claimant: str, excel: bool, out: Path | None, policy: Path, lang: str | None) -> None:
    run(lang, partial(jobs.notices.blank_form, policy, claimant, excel=excel, out=out))


def _given(
    files: tuple[str, ...], policy: Path, as_of: date | None = None, sets: tuple[tuple[str, str], ...] = (),
    history: Path | None = None,
) -> jobs.cases.Given:
    return jobs.cases.Given(files, policy, as_of, sets, history, stdin=sys.stdin.buffer.read() if "-" in files else b"")


@main.command(
    name="eval",
    help=say(
        "对案件作出决定并说明理由。\n\n"
        "案件是 .json 或 .yaml 文件；.jsonl 文件每行一个案件。\n\n"
        "- 表示从标准输入读这样的行。",
        "Decide cases and say why.\n\n"
        "A case is a .json or .yaml file; .jsonl has a case a line, - reads such lines from standard input.",
    ),
)
@FILES
@click.option("--measure", metavar="MEASURE", help=say("只看一项措施（名称或标题）", "one measure only (name, title)"))
@AS_OF
@click.option("--why", metavar="MEASURE", help=say("逐步说明一项措施", "explain one measure step by step"))
@click.option("--format", "form_", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help=say("给人看，或给程序读", "for people, or for programs"))
@click.option("--letters", type=FOLDER, metavar="FOLDER", help=say(
    "把文书写到这个文件夹", "write letters to this folder"
))
@SET
@HISTORY
@click.option("--brief", is_flag=True, help=say("不列出已符合的条件", "leave out requirements that are met"))
@click.option("--show-private", is_flag=True, help=say("不遮盖证件号码", "show identity numbers in full"))
@click.option("--strict", is_flag=True, help=say("有待补、待审的，以 5 退出", "exit with 5 if anything is undecided"))
@POLICY
@LANG
def evaluate(
    files: tuple[str, ...], measure: str | None, as_of: date | None, why: str | None, form_: str, letters: Path | None,
    sets: tuple[tuple[str, str], ...], history: Path | None, brief: bool, show_private: bool, strict: bool,
    policy: Path, lang: str | None,
) -> None:
    given = _given(files, policy, as_of, sets, history)
    question = jobs.evaluate.Question(given, measure, why, form_ == "json", letters, strict)
    run(lang, partial(jobs.evaluate.evaluate, question), brief=brief, show_private=show_private)


_FORMATS = ("pdf", "docx", "html", "txt")


@main.command(help=say(
    "成批生成文书，并列出目录；中断后再次运行即接着写。\n\n"
    "一份的预览：policy letters case.json --measure 事项 --open",
    "Write the letters of many cases, with lists; run again to go on.\n\n"
    "To look at one: policy letters case.json --measure MEASURE --open",
))
@FILES
@click.option("-o", "--out", type=FOLDER, metavar="FOLDER", help=say("写到这个文件夹", "write here"))
@click.option("--format", "formats", default="txt,html", show_default=True, metavar="FORMATS", help=say(
    f"格式（{'、'.join(_FORMATS)}），用逗号分开", f"formats ({', '.join(_FORMATS)}), separated by commas"
))
@click.option("--only", default="", metavar="KINDS", help=say(
    "只写这几类，用逗号分开，例如 准予,待补；changed 只写与 --since 那次不同的",
    "only these kinds, separated by commas: granted,incomplete; changed: only what differs from the run of --since",
))
@click.option("--since", type=FOLDER, metavar="FOLDER", help=say(
    "与上次写到这个文件夹的文书比较", "compare with the letters of an earlier run in this folder"
))
@click.option("--measure", metavar="MEASURE", help=say("只写一项措施（名称或标题）", "one measure only (name, title)"))
@click.option("--open", "open_", is_flag=True, help=say("打开第一份来看；不写 -o 即写到临时文件夹",
              "open the first one to look at; without -o in a temporary folder"))
@click.option("-j", "--jobs", "workers", type=click.IntRange(1, 256), metavar="N", help=say(
    "同时用几个进程，不写即全部处理器", "how many processes, as many as there are processors by default"
))
@click.option("--numbers", type=FOLDER, metavar="FILE", help=say("编文号，登记在此", "number them; the register"))
@click.option("--reprint", is_flag=True, help=say("补发：用原来的文号", "print again, with the numbers they have"))
@AS_OF
@HISTORY
@POLICY
@LANG
def letters(
    files: tuple[str, ...], out: Path | None, formats: str, only: str, since: Path | None, measure: str | None,
    open_: bool, workers: int | None, numbers: Path | None, reprint: bool, as_of: date | None, history: Path | None,
    policy: Path, lang: str | None,
) -> None:
    import tempfile  # here: it is long to load, and no other command needs it

    wanted = _formats(formats, _FORMATS)
    if reprint and numbers is None:
        raise click.UsageError(say("补发要用 --numbers 写明登记簿", "a reprint needs its register: --numbers"))
    if out is None and not open_:
        raise click.UsageError(say("用 -o 写明文书写到哪个文件夹", "say with -o in which folder the letters go"))
    kinds = tuple(_words(only))
    if set(kinds) & set(jobs.bulk.CHANGED) and since is None:
        raise click.BadParameter(say("与哪一次比较，用 --since 写明", "say with --since which run to compare with"),
                                 param_hint="--only")
    if since is not None and (not since.is_dir() or (out is not None and since.resolve() == out.resolve())):
        raise click.BadParameter(say("写另一次文书的文件夹", "name the folder of another run"), param_hint="--since")
    mailing = jobs.bulk.Mailing(
        _given(files, policy, as_of, (), history), out or Path(tempfile.mkdtemp(prefix="policy-")), wanted, kinds,
        measure, since, workers, partial(open_file, lang) if open_ else None, numbers, reprint,
    )
    run(lang, partial(jobs.bulk.letters, mailing, stages(lang)))


def _formats(listed: str, known: tuple[str, ...]) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(_words(listed)))
    if not wanted or set(wanted) - set(known):
        said = say(f"格式有 {'、'.join(known)}", f"formats are {', '.join(known)}")
        raise click.BadParameter(said, param_hint="--format")
    return wanted


def _words(listed: str) -> list[str]:
    return [word.strip() for word in listed.replace("，", ",").split(",") if word.strip()]


@main.command(name="import", help=say(
    "从表格读案件，并说明看懂、修正和退回了什么。\n\n"
    "表格是 .xlsx、.xls、.ods 或 CSV；-o 写成 policy eval 能读的案件。",
    "Read cases from spreadsheets (.xlsx, .xls, .ods, CSV): show what was understood, repaired and refused; -o writes "
    "cases that policy eval reads.",
))
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=FOLDER)
@click.option("--preview", is_flag=True, help=say("只看看懂了什么（不写文件时本来如此）", "show only (as without -o)"))
@click.option("--map-out", type=FOLDER, metavar="FILE", help=say(
    "写出列与事实的对照表，供改正", "write which column is which fact, to be corrected"
))
@click.option("--map", "mapping", type=FOLDER, metavar="FILE", help=say("用改好的对照表", "use a corrected mapping"))
@click.option("-o", "--out", type=FOLDER, metavar="FILE", help=say(
    "把案件写到这个 .jsonl 文件；退回的写在旁边的 rejects.xlsx",
    "write the cases to this .jsonl file, what was refused to rejects.xlsx beside it",
))
@click.option("--notice", metavar="NAME", help=say(
    "有几份政策时，按哪一份", "by which notice, where there are several"
))
@POLICY
@LANG
def import_(
    files: tuple[Path, ...], preview: bool, map_out: Path | None, mapping: Path | None, out: Path | None,
    notice: str | None, policy: Path, lang: str | None,
) -> None:
    asked = jobs.office.Import(files, policy, mapping, map_out, None if preview else out, notice)
    run(lang, partial(jobs.office.import_files, asked))


@main.command(help=say(
    "列出公示名单、资金拨付表、实名制工作台账和统计表。\n\n都有 Excel 和可打印的；只写其中几种的，指明即可。",
    "List what was decided: for publication, payment, the ledger, in numbers.\n\nAll of these unless some are named.",
))
@FILES
@click.option("-o", "--out", type=FOLDER, required=True, metavar="FOLDER", help=say("写到这个文件夹", "write here"))
@click.option("--publicity", "kinds", flag_value="publicity", multiple=True, help=say("公示名单", "who gets what"))
@click.option("--payment", "kinds", flag_value="payment", multiple=True, help=say("资金拨付表", "what is to be paid"))
@click.option("--ledger", "kinds", flag_value="ledger", multiple=True, help=say("实名制台账", "who claimed, by name"))
@click.option("--statistics", "kinds", flag_value="statistics", multiple=True, help=say("统计表", "how many of what"))
@click.option("--format", "formats", default="xlsx,html", show_default=True, metavar="FORMATS", help=say(
    f"格式（xlsx、{'、'.join(_FORMATS)}），用逗号分开", f"formats (xlsx, {', '.join(_FORMATS)}), separated by commas"
))
@click.option("--day", metavar="DAY", callback=day, help=say("名单的日期，例如 2022-06-30", "the date of the lists"))
@AS_OF
@HISTORY
@POLICY
@LANG
def lists(
    files: tuple[str, ...], out: Path, kinds: tuple[str, ...], formats: str, day: date | None, as_of: date | None,
    history: Path | None, policy: Path, lang: str | None,
) -> None:
    wanted = _formats(formats, ("xlsx", *_FORMATS))
    listing = jobs.lists.Listing(_given(files, policy, as_of, (), history), out, kinds, wanted, day)
    run(lang, partial(jobs.lists.lists, listing))


@main.command(help=say(
    "成批决定，从文件（表格、.jsonl、Parquet）到文件。",
    "Decide many cases, from files (.xlsx, .xls, .ods, CSV, .jsonl, Parquet) to files.",
))
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=FOLDER)
@click.option("-o", "--out", type=FOLDER, required=True, metavar="FOLDER", help=say("写到这个文件夹", "write here"))
@click.option("--map", "mapping", type=FOLDER, metavar="FILE", help=say("用改好的对照表", "use a corrected mapping"))
@AS_OF
@SET
@HISTORY
@click.option("--engine", type=click.Choice(["duckdb", "interpreter"]), default="duckdb", show_default=True, help=say(
    "用数据库还是解释器算，结论相同", "work the rules out in the database or by the interpreter, with the same answer"
))
@click.option("--letters", default="", metavar="FORMATS", help=say(
    f"同时生成文书（{'、'.join(_FORMATS)}），放在其下 letters",
    f"write the letters too ({', '.join(_FORMATS)}), in letters below it",
))
@click.option("--threads", type=click.IntRange(1), metavar="N", help=say("用几个线程", "how many threads to use"))
@click.option("--memory", metavar="SIZE", help=say("最多用多少内存，例如 2GB", "how much memory to use, such as 2GB"))
@POLICY
@LANG
def batch(
    files: tuple[Path, ...], out: Path, mapping: Path | None, as_of: date | None, sets: tuple[tuple[str, str], ...],
    history: Path | None, engine: Literal["duckdb", "interpreter"], letters: str, threads: int | None,
    memory: str | None, policy: Path, lang: str | None,
) -> None:
    formats = _formats(letters, _FORMATS) if letters else ()
    if formats and any(file.suffix.lower() == ".parquet" for file in files):
        told = say("Parquet 文件里没有文书要的全部内容；用表格或 .jsonl", "letters want sheets or .jsonl, not Parquet")
        raise click.BadParameter(told, param_hint="--letters")
    asked = jobs.batch.BatchAsked(files, out, policy, mapping, as_of, sets, engine, threads, memory, formats, history)
    run(lang, partial(jobs.batch.batch, asked, stages(lang)))


@main.command(help=say("谁尽了哪项职责，谁没有报告。", "Who has met which duty, and who reported nothing."))
@FILES
@AS_OF
@POLICY
@LANG
def duties(files: tuple[str, ...], as_of: date | None, policy: Path, lang: str | None) -> None:
    run(lang, partial(jobs.bulk.duties, _given(files, policy, as_of)))


@main.command(help=say(
    "把通知或其中一项（措施、定义、参数、表……）写成人读的样子。",
    "Print the notice, or one thing in it (a measure, definition, parameter, table), as people read it.",
))
@click.argument("name", required=False)
@POLICY
@LANG
def show(name: str | None, policy: Path, lang: str | None) -> None:
    run(lang, partial(jobs.notices.show, policy, name))


@main.command(help=say(
    "算一个表达式，写出它的值和类型，例如 policy ask '0.1 + 0.2 = 0.3'。",
    "Work out one expression and print its value and type: policy ask '0.1 + 0.2 = 0.3'",
), context_settings={"ignore_unknown_options": True})
@click.argument("expression", metavar="EXPR", type=click.UNPROCESSED)
@click.option("--policy", type=FOLDER, metavar="FOLDER", help=say(
    "可以用这份政策的参数、表和定义", "use the parameters, tables and definitions of this notice"
))
@AS_OF
@LANG
def ask(expression: str, policy: Path | None, as_of: date | None, lang: str | None) -> None:
    run(lang, partial(jobs.explain.ask, expression, policy, as_of))


@main.command(help=say("从 Debian 取来排印 PDF 用的字体。", "Fetch the fonts PDF letters are set in, from Debian."))
@LANG
def fonts(lang: str | None) -> None:
    run(lang, partial(jobs.fonts.fonts, partial(click.echo, err=True)))


@main.command(help=say("写出一份可以运行的小政策，供改写。", "Write a small working notice to start from."))
@click.argument("directory", type=FOLDER)
@LANG
def new(directory: Path, lang: str | None) -> None:
    run(lang, partial(jobs.notices.start, directory))


if __name__ == "__main__":
    main()
