"""What can be wrong with a policy test itself."""

from __future__ import annotations

from interpreter.problems.messages import Message
from interpreter.problems.problem import Text

MESSAGES: dict[str, Message] = {
    "test.months": Message(
        Text("“{found}”不是可用的月份区间", "'{found}' is no usable range of months"),
        Text("写作 2021-03..2021-05，先早后晚，至多 {most} 个月",
             "write 2021-03..2021-05, the earlier month first, at most {most} months"),
    ),
    "test.path": Message(
        Text("案件里没有“{path}”这个位置", "the case has no place '{path}'"),
        Text("写作 roster.1.month：行号从 1 起，以 base 里的行为准",
             "write roster.1.month: rows count from 1, as they stand in base"),
    ),
    "test.outcome": Message(
        Text("没有“{found}”这种结果", "there is no outcome '{found}'"),
        Text("可用：{want}", "one of: {want}"),
    ),
    "test.amount": Message(
        Text("“{found}”不是金额", "'{found}' is not an amount"),
        Text("写数字，例如 1200 或 1200.50", "write a number, such as 1200 or 1200.50"),
    ),
}
