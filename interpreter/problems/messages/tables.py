"""What is wrong with tables that are called by their inputs, and with what is delegated."""

from __future__ import annotations

from interpreter.problems.messages import Message
from interpreter.problems.problem import Text

_GUESS = Text("是不是“{guess}”？", "did you mean '{guess}'?")


def _says(zh: str, en: str, mend: Text | tuple[Text, ...] | None = None) -> Message:
    return Message(Text(zh, en), mend)


_HEADS = {
    "table.no-inputs": _says(
        "{key} 只用于有 inputs 的表", "{key} is for tables with inputs",
        Text("写明 inputs: 和 outputs:，或去掉 {key}", "give it inputs: and outputs:, or drop {key}"),
    ),
    "table.with-inputs": _says(
        "有 inputs 的表不能写 {key}", "a table with inputs has no {key}",
        Text("列写在 inputs: 和 outputs: 下", "its columns stand under inputs: and outputs:"),
    ),
    "table.scale-later": _says(
        "分级累进的表（{key}）还不能用", "scales ({key}) cannot be used yet",
        Text("写成按区间查的表，每行的结果写算式", "write brackets as rows, each with an expression for its output"),
    ),
    "table.no-outputs": _says(
        "“{name}”没有写明给出什么（outputs）", "'{name}' does not say what it gives (outputs)",
    ),
    "table.hit": _says(
        "“{found}”不是取行的办法（hit）：{known}", "'{found}' is no hit policy: {known}", _GUESS,
    ),
    "table.collect-one": _says("hit: {hit} 只能有一列输出", "hit: {hit} takes one output"),
    "table.collect-type": _says("{found}不能用 hit: {hit}", "hit: {hit} is not for a {found}"),
    "table.collect-delegated": _says(
        "hit: {hit} 的表不能授权各地设行", "the rows of a table with hit: {hit} cannot be delegated",
    ),
    "table.missing-column": _says(
        "没有“{label}”（{name}）这一列", "the column '{label}' ({name}) is missing",
        Text("不论取什么值都适用的，写 -", "write - where any value will do"),
    ),
    "delegation.one-output": _says(
        "上下限只用于一列输出的表", "bounds are for tables with one output",
    ),
}

_CELLS = {
    "cell.empty": _says("这一格没有写什么", "nothing is written in this cell"),
    "cell.empty-input": _says(
        "“{label}”这一格空着", "this cell of '{label}' is empty",
        Text("不论取什么值都适用的，写 -", "write - where any value will do"),
    ),
    "cell.brackets": _says(
        "YAML 把这一格读成了列表或映射", "YAML reads this cell as a list or a mapping",
        Text("加上引号", "put it in quotation marks"),
    ),
    "cell.range": _says(
        "“{found}”看不出两端是否包括在内", "'{found}' does not say whether its ends belong to it",
        Text(
            "两端都包括写 [{low}..{high}]，不包括后一端写 [{low}..{high})",
            "write [{low}..{high}] with both ends, [{low}..{high}) without the last",
        ),
    ),
    "cell.test-of-words": _says(
        "这一列是文字，不能写“{found}”", "this column has words, so '{found}' makes no sense",
        Text("写出词来，几个词用逗号分开", "write the words, with commas between them"),
    ),
    "cell.quoted": _says(
        "格里的词不加引号：{found}", "words in cells take no quotation marks: {found}",
        Text("去掉引号", "leave them out"),
    ),
    "cell.never": _says("没有什么符合“{found}”", "nothing is '{found}'"),
}

_ROWS = {
    "table.rows-overlap": _says(
        "{case}：第 {one} 行与第 {other} 行都适用", "{case}: both row {one} and row {other} apply",
        Text(
            "重叠的是：{region}；改其中一行，或写 hit: first 以先写的为准",
            "they overlap in: {region}; change one of them, or let the first decide with hit: first",
        ),
    ),
    "table.rows-differ": _says(
        "{case}：第 {one} 行与第 {other} 行都适用，结果不同", "{case}: rows {one} and {other} both apply and differ",
        Text(
            "重叠的是：{region}；hit: any 要求结果相同",
            "they overlap in: {region}; with hit: any they must give the same",
        ),
    ),
    "table.rows-gap": _says(
        "{case}：“{name}”没有一行适用", "{case}: no row of '{name}' applies",
        Text(
            "没有规定的是：{region}；补一行，或写 default:",
            "nothing is said of: {region}; add a row, or say default:",
        ),
    ),
    "table.not-looked-at": _says(
        "“{name}”太大，没有检查各行是否重叠，按先后取第一行",
        "'{name}' is too large to be looked at for overlaps, so its first row that applies decides",
    ),
}

_DELEGATED = {
    "delegation.no-bound": _says(
        "{day} 说不出授权的 {bound} 是多少", "what the {bound} that is delegated comes to on {day} is not known",
        Text("授权写在 {first}", "it is delegated at {first}"),
    ),
    "delegation.many-cases": _says(
        "“{label}”这一格不是写明的值，无法与授权的 {bound} 比较",
        "this cell of '{label}' is no single value, so it cannot be held against the {bound} that is delegated",
        Text("每个值写一行", "write a row for each value"),
    ),
    "overlay.unknown-table": _says("没有“{found}”这张可查的表", "there is no table '{found}' that is called", _GUESS),
    "parameter.circle": _says(
        "参数互相依赖，成了圈：{circle}", "parameters depend on each other in a circle: {circle}",
        Text("让其中一个写明数值", "give one of them a value of its own"),
    ),
}

MESSAGES: dict[str, Message] = {**_HEADS, **_CELLS, **_ROWS, **_DELEGATED}
