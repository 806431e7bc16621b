"""What can be wrong with templates and with writing letters."""

from __future__ import annotations

from interpreter.problems.messages import Message
from interpreter.problems.problem import Text

_MEANT = Text("是不是“{guess}”？", "did you mean `{guess}`?")

MESSAGES: dict[str, Message] = {
    "letter.template_missing": Message(
        Text("文件夹 {folder} 中没有模板“{template}”。", "there is no template `{template}` in the folder {folder}"),
        Text("新建这个文件，或改正政策文件 letters 中的名称。",
             "make this file, or mend the name under `letters` of the policy"),
    ),
    "letter.template_unreadable": Message(
        Text("模板“{template}”读不出来。", "the template `{template}` cannot be read"),
        Text("把它存为 UTF-8 编码的文本文件。", "save it as a text file in UTF-8"),
    ),
    "letter.template_large": Message(
        Text(
            "模板“{template}”连同其引用的部分太大（上限 {most}）。",
            "the template `{template}`, with what it includes, is too large (at most {most})",
        ),
    ),
    "letter.kind_unknown": Message(
        Text("政策文件 letters 中的“{name}”不是一种文书。",
             "`{name}` under `letters` of the policy is no kind of letter"),
        _MEANT,
    ),
    "letter.authority_unknown": Message(
        Text("没有名为“{name}”的机关，文件夹 {folder} 中的模板永远用不到。",
             "there is no authority `{name}`, so the templates in the folder {folder} are never used"),
        _MEANT,
    ),
    "letter.syntax": Message(
        Text("模板的这一行写得不对（Jinja：{detail}）",
             "this line of the template is not well formed (Jinja: {detail})"),
    ),
    "letter.name_unknown": Message(Text("文书中没有“{name}”。", "letters have no `{name}`"), _MEANT),
    "letter.filter_unknown": Message(Text("没有名为“{name}”的过滤器。", "there is no filter `{name}`"), _MEANT),
    "letter.not_allowed": Message(
        Text("模板中不能用“{what}”。", "`{what}` may not be used in a template"),
        Text(
            "模板只能输出、判断（if）、循环（for）和引用（include）。",
            "templates may only write values, `if`, `for` and `include`",
        ),
    ),
    "letter.not_list": Message(
        Text("“{name}”不是可以这样用的列表。", "`{name}` is not a list that can be used so"),
    ),
    "letter.not_text": Message(
        Text("“{name}”有几个部分，不能整个输出。", "`{name}` has parts and cannot be written as a whole"),
        Text("写出其中的一项，或用 for 逐项输出。", "name one of its parts, or write them with `for`"),
    ),
    "letter.loop_inside": Message(
        Text(
            "循环里面的循环只能逐项输出外层“{outer}”的部分，不能再用“{name}”。",
            "a loop within a loop goes through the parts of the outer `{outer}`, not through `{name}`",
        ),
    ),
    "letter.include_circle": Message(
        Text("引用“{template}”套得太深，或绕回了自身。", "including `{template}` goes too deep, or round in a circle"),
    ),
    "letter.rendering": Message(
        Text("按模板“{template}”写不出文书（{detail}）。", "no letter can be written from `{template}` ({detail})"),
    ),
    "letter.large": Message(
        Text("按模板“{template}”写出的文书太长（上限 {most} 字）。",
             "the letter written from `{template}` is too long (at most {most} characters)"),
    ),
    "letter.no_fonts": Message(
        Text("没有排印 PDF 的字体。", "there are no fonts to set a PDF in"),
        Text("运行 policy fonts 装到 {folder}，或用 POLICY_FONTS 指明本单位字体所在的文件夹。",
             "`policy fonts` puts some into {folder}; or name the folder of your own in POLICY_FONTS"),
    ),
    "letter.no_glyph": Message(
        Text("案件 {case} 的文书有字体中没有的字（{codes}），没有排印。",
             "the letter of case {case} has characters that no font has ({codes}), and was held back"),
        Text("把有这些字的字体放进 POLICY_FONTS 所指的文件夹，或查对案件中的字。",
             "put a font that has them into a folder named by POLICY_FONTS, or look at the case again"),
    ),
    "letter.fonts_not_fetched": Message(
        Text("字体没有取来：{package}（{reason}）。", "the fonts of {package} were not fetched ({reason})"),
        Text("在 Debian 或 Ubuntu 上先运行 apt-get update；在别的系统上把字体文件放进 {folder}。",
             "on Debian or Ubuntu run apt-get update first; elsewhere put the font files into {folder}"),
    ),
    "letter.numbers": Message(
        Text("文号登记簿“{file}”不能用，没有编号。",
             "the register of numbers `{file}` cannot be used; nothing was numbered"),
        Text("看看它能否读写，是不是别的文件；不要手工改动。",
             "see whether it can be written, and is no other file; never edit it"),
    ),
    "letter.ran_away": Message(
        Text("案件 {case} 的一份文书用时或占用内存过多，没有写出；其余照写。",
             "a letter of case {case} took too much time or memory and was not written; all others were"),
        Text("看看这个案件的内容是否异常庞大，或模板的循环是否过多。",
             "see whether this case is of an unusual size, or a template loops too much"),
    ),
    "letter.print_lost": Message(
        Text("合订本“{file}”用时或占用内存过多，没有排成；单份的文书都在。",
             "the print file `{file}` took too much time or memory; the single letters are all there"),
        Text("看看有没有异常长的文书；再运行一次会接着做。",
             "look for a letter of unusual length; run it again to go on"),
    ),
    "letter.not_written": Message(
        Text("文书“{file}”没有写成：{reason}。", "the letter `{file}` was not written: {reason}"),
        Text("看看文件夹是否存在、可写，磁盘是否已满（系统错误 {number}）。",
             "see whether the folder can be written to and the disk has room (system error {number})"),
    ),
}
