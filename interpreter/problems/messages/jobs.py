"""What can be wrong with what was asked: folders and names given on the command line."""

from __future__ import annotations

from interpreter.problems.messages import Message
from interpreter.problems.problem import Text

_GUESS = Text("是不是“{guess}”？共有：{known}", "did you mean '{guess}'? There are: {known}")
_KNOWN = Text("共有：{known}", "there are: {known}")

MESSAGES: dict[str, Message] = {
    "policy.none": Message(
        Text("文件夹 {folder} 中没有规则（policy.yaml）", "there is no policy (policy.yaml) in the folder {folder}"),
        Text("用 --policy 指明规则所在的文件夹", "say with --policy in which folder the rules are"),
    ),
    "policy.unnamed": Message(
        Text("{file} 没有写明是哪一份政策的案件", "{file} does not say of which policy it is a case"),
        Text("写上 policy:，共有：{known}", "give it policy:, one of {known}"),
    ),
    "policy.unknown": Message(
        Text("{file} 写的政策“{name}”这里没有", "{file} names the policy '{name}', which is not here"),
        (_GUESS, _KNOWN),
    ),
    "form.claimant": Message(
        Text("没有“{name}”这类申请人", "there is no claimant '{name}'"), (_GUESS, _KNOWN),
    ),
    "measure.unknown": Message(
        Text("没有“{name}”这项措施", "there is no measure '{name}'"), (_GUESS, _KNOWN),
    ),
    "case.nobody": Message(
        Text("{file} 没有写是谁的案件：{known} 一项也没有", "{file} says of nobody whose case it is: none of {known}"),
        Text("policy form 写出一份空白案件", "policy form writes a blank case to fill in"),
    ),
    "case.decision": Message(
        Text("{file} 是一份决定，不是案件", "{file} is a decision, not a case"),
        Text("给出案件文件：决定里没有收件人、机关和各项数值的类型；用同样的规则再决定一次，结果相同",
             "give the file of the case: a decision names no addressee, no authority and no types of its values; the "
             "case, decided again by the same rules, gives the same"),
    ),
    "letters.kind": Message(
        Text("没有“{name}”这类文书", "there is no kind of letter '{name}'"), (_GUESS, _KNOWN),
    ),
    "help.unknown": Message(
        Text("没有“{name}”这个代码", "there is no problem with the code '{name}'"),
        (
            Text("是不是“{guess}”？policy check --help-on list 列出全部",
                 "did you mean '{guess}'? policy check --help-on list has them all"),
            Text("policy check --help-on list 列出全部", "policy check --help-on list has them all"),
        ),
    ),
    "format.none": Message(
        Text("{path} 处没有规则文件", "there is no file of rules at {path}"),
        Text("写一份政策的文件夹，或其中的文件", "name the folder of a notice, or a file in it"),
    ),
    "ask.no-value": Message(
        Text("{operation} 在这里没有值", "{operation} has no value here"),
        Text("看看是否除以零、日期不存在、从空列表里取值，或循环太长",
             "look for a division by zero, a day that does not exist, a value of an empty list or an endless loop"),
    ),
    "why.json": Message(
        Text("--why 不能和 --format json 同时用", "--why and --format json do not go together"),
        Text("JSON 已有每一步；只看一项措施用 --measure", "JSON has every step; --measure chooses one measure"),
    ),
}
