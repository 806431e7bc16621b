"""What can be wrong with asking to see a policy or to start one."""

from __future__ import annotations

from interpreter.problems.messages import Message
from interpreter.problems.problem import Text

MESSAGES: dict[str, Message] = {
    "show.unknown": Message(
        Text("政策中没有“{name}”", "the policy has nothing called '{name}'"),
        (
            Text("是不是“{guess}”？policy show 列出全部内容", "did you mean '{guess}'? policy show lists everything"),
            Text("policy show 列出全部内容", "policy show lists everything"),
        ),
    ),
    "new.not-empty": Message(
        Text("{folder} 中已有文件，没有写入任何内容", "{folder} is not empty; nothing was written"),
        Text("给一个还没有的文件夹", "name a folder that is not there yet"),
    ),
    "new.not-a-folder": Message(
        Text("{folder} 不是文件夹", "{folder} is not a folder"),
        Text("给一个还没有的文件夹", "name a folder that is not there yet"),
    ),
    "new.name": Message(
        Text("文件夹名“{name}”不能作政策的名称", "'{name}' cannot be the name of a policy"),
        Text("用文字、数字、“-”和“_”", "use letters, digits, '-' and '_'"),
    ),
    "new.unwritten": Message(
        Text("写不了 {file}：{reason}", "{file} cannot be written: {reason}"),
    ),
}
