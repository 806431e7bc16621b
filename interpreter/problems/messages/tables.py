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
    "table.no-outputs": _says(
        "“{name}”没有写明给出什么（outputs）", "'{name}' does not say what it gives (outputs)",
    ),
    "table.hit": _says(
        "“{found}”不是取行的办法（hit）：{known}", "'{found}' is no hit policy: {known}", _GUESS,
    ),
    "table.no-priority": _says(
        "hit: {hit} 看不出哪些结果在先", "with hit: {hit} it must be told which outputs come first",
        Text(
            "写 priority: [最先的, 其次的]，或让输出是选项",
            "write priority: [the first, the next], or give an output a choice as its type",
        ),
    ),
    "table.priority-only": _says(
        "hit: {hit} 不看先后，不能写 priority", "with hit: {hit} nothing comes first, so there is no priority",
        Text("写 hit: priority 或 hit: output order", "say hit: priority or hit: output order"),
    ),
    "table.default-list": _says(
        "hit: {hit} 的结果不是列表，不能用 [] 作默认值", "with hit: {hit} no list is given, so [] is no default",
        Text("写明每列输出的默认值", "give every output its value"),
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
    "table.priority-written": _says(
        "“{label}”按先后取值，这一格须直接写出结果",
        "'{label}' decides what comes first, so its value must be written out",
        Text("写出 priority 中的一个值", "write one of the values of priority"),
    ),
    "table.priority-value": _says(
        "“{found}”不在“{label}”的先后次序（priority）中", "'{found}' is not in the priority of '{label}'",
        Text("补进 priority:，或改这一格", "add it to priority:, or change this cell"),
    ),
    "cell.asked": _says(
        "有 ? 的格是一个条件，却是{found}", "a cell with ? is a condition, but this is {found}",
        Text(
            "写成条件，例如 ? * 2 > 10；只比较时不写 ?",
            "write a condition such as ? * 2 > 10, or leave ? out to compare",
        ),
    ),
    "cell.not-proved": _says(
        "用 ? 写的“{found}”无法与别的行比较，先写的行为准",
        "'{found}' says with ? what cannot be held against other rows, so the first row that applies decides",
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
    "table.row-never": _says(
        "第 {row} 行永远用不上：在它之前的行已经包括了它", "row {row} never applies: rows before it take all its cases",
        Text("去掉这一行，或把它移到前面", "drop it, or move it up"),
    ),
    "table.not-looked-at": _says(
        "“{name}”太大，没有检查各行是否重叠，按先后取第一行",
        "'{name}' is too large to be looked at for overlaps, so its first row that applies decides",
    ),
}

_SCALES = {
    "scale.only": _says(
        "{key} 只用于分段的表", "{key} is for scales only", Text("写明 kind: scale", "say kind: scale"),
    ),
    "scale.hit": _says(
        "分段的表每个数只在一段里，不写 hit", "in a scale each amount is in one bracket, so it has no hit policy",
    ),
    "scale.one-output": _says("分段的表只给出一个数", "a scale gives one output"),
    "scale.no-method": _says(
        "没有写明分段表怎样适用（method）", "a scale must say its method",
        Text(
            "marginal：各段分别计算后相加；whole：全额适用所在的一段",
            "marginal: each bracket's rate for its part; whole: one rate for all of it",
        ),
    ),
    "scale.of": _says("“{found}”不是一列数的输入", "'{found}' is no input that is a number", _GUESS),
    "scale.which": _says(
        "{found} 列输入是数，看不出按哪一列分段", "{found} inputs are numbers, and one of them is cut into brackets",
        Text("用 of: 写明那一列", "name it with of:"),
    ),
    "scale.rounding": _says(
        "“{found}”不是取整的办法：{known}", "'{found}' is no way of rounding: {known}", _GUESS,
    ),
    "scale.places": _says(
        "按这个比率算出的数，小数位多于“{label}”的 {places} 位",
        "with this rate amounts have more decimal places than the {places} of '{label}'",
        Text("用 rounding: half up 等写明怎样取整", "say how to round them, for example rounding: half up"),
    ),
    "scale.column": _says(
        "分段的表不写“{name}”这一列", "a scale has no column '{name}'",
        Text("各段的两端写在 above（或 at_least）和 up_to（或 below）列",
             "the ends of its brackets stand under above (or at_least) and up_to (or below)"),
    ),
    "scale.ends": _says(
        "{one} 和 {other} 只能写一个", "{one} and {other} cannot both be given",
        Text("端点归这一段的写 at_least 或 up_to，不归的写 above 或 below",
             "at_least and up_to take their end in, above and below do not"),
    ),
    "scale.no-rate": _says(
        "没有 rate 这一列，也没有“{label}”这一列", "there is neither a column rate nor one '{label}'",
        Text("比率写在 rate 列，固定的数写在“{label}”列", "rates stand under rate, fixed amounts under '{label}'"),
    ),
    "scale.rate-or-value": _says(
        "比率（rate）和“{label}”只能写一个", "a bracket has a rate or a fixed '{label}', not both",
    ),
    "scale.no-number": _says("“{label}”不是数，不能按比率计算", "'{label}' is no number, so nothing is multiplied"),
    "scale.marginal-value": _says(
        "各段相加（marginal）时要写比率（rate），不能写固定的“{label}”",
        "where brackets are added up (marginal) each has a rate and no fixed '{label}'",
        Text("写 rate，或写 method: whole", "give a rate, or say method: whole"),
    ),
    "scale.order": _says(
        "这一段应写在第 {other} 行之前：各段从小到大", "this bracket belongs before row {other}: they go upwards",
    ),
    "scale.overlap": _says(
        "{case}：第 {one} 段与第 {other} 段都包括", "{case} is in both bracket {one} and bracket {other}",
        Text("重叠的是：{region}；一段的上限就是下一段的下限",
             "they overlap in: {region}; let one bracket begin where the other ends"),
    ),
    "scale.gap": _says(
        "{case}：不在任何一段里", "{case} is in no bracket",
        Text("缺的是：{region}；一段的上限就是下一段的下限",
             "missing is: {region}; let one bracket begin where the other ends"),
    ),
    "scale.mixed": _says(
        "{case}：第 {one} 行与第 {other} 行的段要一起累计，但别的列或日期写得不同",
        "{case}: the brackets of rows {one} and {other} would be added up, but their other columns or days differ",
        Text("同一套分段，别的各列和日期要写得一样", "give all brackets of one scale the same words and days"),
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

MESSAGES: dict[str, Message] = {**_HEADS, **_CELLS, **_ROWS, **_SCALES, **_DELEGATED}
