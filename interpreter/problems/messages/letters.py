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
    "letter.not_written": Message(
        Text("文书“{file}”没有写成：{reason}。", "the letter `{file}` was not written: {reason}"),
        Text("看看文件夹是否存在、可写，磁盘是否已满（系统错误 {number}）。",
             "see whether the folder can be written to and the disk has room (system error {number})"),
    ),
}
