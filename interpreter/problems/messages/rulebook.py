"""What is wrong with a policy folder, apart from the form of its YAML and of its expressions."""

from __future__ import annotations

from interpreter.problems.messages import Message
from interpreter.problems.problem import Text

_GUESS = Text("是不是“{guess}”？", "did you mean '{guess}'?")


def _says(zh: str, en: str, mend: Text | tuple[Text, ...] | None = None) -> Message:
    return Message(Text(zh, en), mend)


_FILES = {
    "folder.missing": _says("没有“{folder}”这个文件夹", "there is no folder '{folder}'"),
    "file.missing": _says("文件夹 {folder} 中缺少 {file}", "{file} is missing in the folder {folder}"),
    "file.unknown": _says(
        "{file} 不属于规则，不会读取", "{file} is no part of the rules and is not read",
        Text(
            "规则文件放在 policy.yaml、tables/、measures/ 等处，以 .yaml 结尾",
            "files of rules stand in policy.yaml, tables/, measures/ and so on, and end in .yaml",
        ),
    ),
    "file.empty": _says("文件里没有内容", "there is nothing in this file"),
    "file.not-mapping": _says("文件应由“名称: 内容”组成", "a file is made of keys with values"),
    "file.large": _says("文件超过 {limit} MB", "the file has more than {limit} MB"),
    "file.unreadable": _says("读不了 {file}", "{file} cannot be read"),
    "name.file": _says(
        "“{name}”与文件名 {file} 不一致", "'{name}' is not the name of its file, {file}",
        Text("两处写成同一个名称", "give both the same name"),
    ),
    "policy.folder": _says(
        "“{name}”与文件夹名 {folder} 不一致", "'{name}' is not the name of its folder, {folder}",
        Text("两处写成同一个名称", "give both the same name"),
    ),
}

_FORM = {
    "schema.unknown-key": _says(
        "这里不能写“{found}”", "'{found}' has no place here",
        (_GUESS, Text("可写：{known}", "what may stand here: {known}")),
    ),
    "schema.missing-key": _says("缺少“{name}”", "'{name}' is missing"),
    "schema.kind": _says("这里应当是{want}", "this should be {want}"),
    "schema.choice": _says("“{found}”不在可选范围内：{choices}", "'{found}' is none of: {choices}", _GUESS),
    "schema.name": _says(
        "“{found}”不能作名称", "'{found}' cannot be a name",
        Text(
            "名称是一个词：字母、汉字、数字和下划线，不以数字开头",
            "a name is one word of letters, digits and underscores that does not begin with a digit",
        ),
    ),
    "schema.empty": _says("这里不能空着", "this must not be empty"),
    "schema.form": _says("这里的写法不对", "this is not written as it should be"),
    "schema.otherwise": _says(
        "otherwise 只能是 refuse、review 或 {{refer: 名称}}", "otherwise is refuse, review or {{refer: NAME}}",
    ),
    "number.fixed": _says(
        "文号中没有流水号，几份文书会同号", "the number does not run, so letters would share it",
        Text("在流水号的位置写 {{{{ n }}}}，例如 〔{{{{ year }}}}〕{{{{ n }}}}号",
             "write {{{{ n }}}} where it runs, such as {{{{ year }}}}/{{{{ n }}}}"),
    ),
    "schema.unset": _says(
        "if_unset 只能是 value、review 或 {{refer: 名称}}", "if_unset is value, review or {{refer: NAME}}",
        Text("名称是 other_schemes 中的一个，案件转去那里", "NAME is one of other_schemes, where such cases go"),
    ),
    "schema.requirement": _says(
        "每个条件要有 when、all、any 之一，且只有一个", "a requirement has one of when, all and any, and only one",
    ),
    "schema.record-or-choice": _says(
        "类型要有 fields（记录）或 choices（选项），且只有一个",
        "a type has fields (a record) or choices, and only one of them",
    ),
    "schema.fact": _says("事实要有 fields 或 type", "a fact has fields or a type"),
    "schema.definition": _says(
        "定义要有 is、all、any 之一，且只有一个", "a definition has one of is, all and any, and only one",
    ),
    "schema.test": _says("案例要有 expect 或 cases，且只有一个", "a test has expect or cases, and only one of them"),
}

_VALUES = {
    "value.empty": _says("这里没有值", "there is no value here"),
    "value.not-one": _says("这里应当是一个值", "this should be one value"),
    "value.boolean": _says(
        "“{found}”不是“是”或“否”", "'{found}' is neither true nor false",
        Text("写 true、false、是 或 否", "write true, false, 是 or 否"),
    ),
    "value.choice": _says("“{found}”不在可选范围内：{choices}", "'{found}' is none of: {choices}", _GUESS),
    "value.number": _says("“{found}”不是数", "'{found}' is not a number", Text("写成 {guess}", "write {guess}")),
    "value.full-width": _says(
        "“{found}”用了全角数字", "'{found}' has full-width digits",
        Text("写成 {guess}", "write {guess}"),
    ),
    "value.long": _says("数字超过 {limit} 位", "a number has at most {limit} digits"),
    "value.integer": _says("“{found}”不是整数", "'{found}' is not a whole number"),
    "value.places": _says("“{found}”的小数超过 {places} 位", "'{found}' has more decimal places than {places}"),
    "value.low": _says("“{found}”小于下限 {bound}", "'{found}' is less than {bound}"),
    "value.high": _says("“{found}”大于上限 {bound}", "'{found}' is more than {bound}"),
    "value.date": _says(
        "“{found}”不是日期，应写成 2021-03-01 的样子", "'{found}' is not a day such as 2021-03-01",
        Text("写成 {guess}", "write {guess}"),
    ),
    "value.day": _says("没有 {found} 这一天", "there is no day {found}"),
    "value.month": _says(
        "“{found}”不是月份，应写成 2021-03 的样子", "'{found}' is not a month such as 2021-03",
        Text("写成 {guess}", "write {guess}"),
    ),
    "value.time": _says(
        "“{found}”不是时刻，应写成 17:00:00 的样子", "'{found}' is not a time of day such as 17:00:00",
        Text("写成 {guess}", "write {guess}"),
    ),
    "value.date-time": _says(
        "“{found}”不是日期和时刻，应如 2021-03-01T17:00:00",
        "'{found}' is not a date and time such as 2021-03-01T17:00:00",
        Text("写成 {guess}", "write {guess}"),
    ),
    "value.local": _says(
        "“{found}”带有时区，政策里的时刻都是本地时刻", "'{found}' has a zone; the times of a policy are local ones",
        Text("换算成本地时刻，去掉时区", "write the local time without a zone"),
    ),
    "value.row": _says("{type}中没有“{found}”", "there is no '{found}' in {type}", _GUESS),
    "value.type": _says("{type}不能直接写成一个词", "a value of type {type} cannot be written as a word"),
    "value.unit": _says("单位是 {found}，应当是 {want}", "the unit is {found}, it should be {want}"),
    "value.no-unit": _says(
        "这个数没有单位，却写了 {found}", "this number has no unit, but {found} is written",
        Text("在声明处写 unit: {found}，或去掉单位", "declare unit: {found}, or drop it"),
    ),
    "unit.form": _says(
        "“{found}”不是单位，应写成 month 或 CNY/month 的样子", "'{found}' is not a unit such as month or CNY/month",
    ),
    "dates.order": _says("止日 {until} 早于起日 {since}", "the last day {until} is before the first day {since}"),
    "dates.overlap": _says(
        "“{name}”在 {since} 至 {until} 有两个值", "'{name}' has two values from {since} to {until}",
        Text("先写的一个在 {first}；写明它到哪一天为止", "the first is at {first}; say on which day it ends"),
    ),
    "dates.gap": _says(
        "“{name}”从 {since} 到 {until} 没有值", "'{name}' has no value from {since} to {until}",
        Text(
            "从 {since} 起写值；确实没有的，写 starts: 或 ends:",
            "give a value from {since} on, or declare the gap by starts: or ends:",
        ),
    ),
}

_NAMES = {
    "name.reserved": _says(
        "“{name}”是规则语言自己的词", "'{name}' is a word of the rule language itself",
        Text("换一个名称", "choose another name"),
    ),
    "name.clash": _says(
        "{kind}“{name}”与别的名称相同", "{kind} '{name}' has the name of something else",
        Text("已用在 {first}，请换一个名称", "it is taken at {first}, choose another name"),
    ),
    "clause.unknown": _says("通知没有“{found}”这一条", "the notice has no clause '{found}'", _GUESS),
    "clause.uncited": _says(
        "没有文件引用“{number}”（{title}）", "no file cites clause '{number}' ({title})",
        Text("写明 no_rule: 为什么不作规则", "say why it is no rule: no_rule: …"),
    ),
    "clause.cited": _says(
        "“{number}”有规则引用，却写了 no_rule", "clause '{number}' is cited by a rule, yet has no_rule",
    ),
    "scheme.unknown": _says("other_schemes 中没有“{found}”", "other_schemes has no '{found}'", _GUESS),
    "change.parameter": _says("没有“{found}”这个参数", "there is no parameter '{found}'", _GUESS),
    "change.table": _says("没有“{found}”这张表", "there is no table '{found}'", _GUESS),
}

_VOCABULARY = {
    "type.unknown": _says(
        "没有“{found}”这个类型", "there is no type '{found}'",
        (
            _GUESS,
            Text(
                "可写：{known}；几行的写 list of 类型；自己的记录和选项在 types 下声明",
                "what may stand here: {known}; several rows are a list of TYPE; records and choices of your own are "
                "declared under types",
            ),
        ),
    ),
    "type.twice": _says(
        "类型“{name}”已经有了", "there is already a type '{name}'",
        Text("换一个名称", "choose another name"),
    ),
    "number.places": _says(
        "type: number 要写明小数位数", "type: number needs its decimal places",
        Text("加一行 places: 2，或用 integer、money", "add places: 2, or use integer or money"),
    ),
    "type.contains-itself": _says("类型“{name}”含有自己：{circle}", "the type '{name}' contains itself: {circle}"),
    "type.deep": _says("类型“{name}”套得太深，最多 {limit} 层", "the type '{name}' nests deeper than {limit} levels"),
    "type.large": _says(
        "类型“{name}”的字段展开后超过 {limit} 个", "the type '{name}' has more than {limit} fields in all",
    ),
    "choice.label-twice": _says("两个选项都叫“{label}”", "two choices have the label '{label}'"),
    "fact.base": _says(
        "“{found}”不是有字段的类型，不能再加字段", "'{found}' is not a type with fields and cannot have more",
    ),
    "field.twice": _says("字段“{name}”在{type}中已经有了", "the field '{name}' is already one of {type}"),
    "field.unknown-key": _says("没有“{found}”这个字段", "there is no field '{found}'", _GUESS),
    "field.ongoing": _says("ongoing 只能用于日期", "only a date can be ongoing"),
}

_TABLES = {
    "table.overlap": _says(
        "“{name}”有两行在 {since} 至 {until} 相同", "two rows of '{name}' are the same from {since} to {until}",
        Text("先写的一行在 {first}；写明它到哪一天为止", "the first is at {first}; say on which day it ends"),
    ),
    "table.gap": _says(
        "“{name}”的这一行与前一行之间，{since} 至 {until} 没有规定",
        "between this row of '{name}' and the one before, nothing is said from {since} to {until}",
    ),
    "table.circle": _says("表互相引用：{circle}", "tables refer to each other in a circle: {circle}"),
    "table.own-column": _says(
        "“{name}”是每张表都有的列，不必声明", "every table has the column '{name}', do not declare it",
        Text(
            "表示一行何时有效的，删去声明；另有所指的，换一个名称",
            "where it says when a row holds, drop the declaration; else choose another name",
        ),
    ),
    "table.record-column": _says("一格放不下{found}", "a cell cannot hold {found}"),
    "table.unknown-column": _says("没有“{found}”这一列", "there is no column '{found}'", _GUESS),
    "table.column-twice": _says("“{name}”列写了两次", "the column '{name}' stands twice"),
    "table.no-key": _says("表“{name}”的行要作为值，须写明 key", "rows of '{name}' are values and need a key"),
    "table.cells": _says("这一行有 {found} 格，表头有 {want} 格", "this row has {found} cells, the head has {want}"),
    "table.bar": _says(
        "格子之间要用半角 |，这一行有全角的｜", "cells are divided by |, this row has the full-width ｜",
        Text("把｜改成 |", "write | for ｜"),
    ),
    "table.empty-key": _says("这一行没有 {name}", "this row has no {name}"),
    "table.key-twice": _says("“{found}”有两行", "there are two rows for '{found}'"),
    "table.word-twice": _says(
        "“{found}”可以指两行，案件中不能用它", "'{found}' may be either of two rows, so no case may use it",
    ),
}

_PARAMETERS = {
    "parameter.both": _says("value 和 values 只能写一个", "write value or values, not both"),
    "parameter.type": _says(
        "看不出“{name}”是什么类型", "the type of '{name}' cannot be told from its value",
        Text("写明 type:、unit: 或 choices:", "say type:, unit: or choices:"),
    ),
    "parameter.no-basis": _says("口径“{name}”有值而没有 basis", "the question of '{name}' has an answer and no basis"),
    "parameter.beyond-bound": _says(
        "“{label}”的值 {found} {side}所授权的 {bound}",
        "the value {found} of '{label}' is {side} the {bound} that is delegated",
    ),
    "delegation.no-value": _says(
        "“{name}”没有值，if_unset: value 无从适用", "'{name}' has no value for if_unset: value",
    ),
    "overlay.unknown": _says("没有“{found}”这个参数", "there is no parameter '{found}'", _GUESS),
    "overlay.not-delegated": _says(
        "“{label}”（{name}）没有授权给各地确定", "'{label}' ({name}) is not delegated to authorities",
        Text("依据 {clause}，各地不得另定", "it is settled by clause {clause}"),
    ),
    "overlay.beyond-bound": _says(
        "“{label}”的值 {found} {side}授权的 {bound}",
        "the value {found} of '{label}' is {side} the {bound} that is delegated",
        (
            Text("授权写在 {first}，依据 {clause}", "it is delegated at {first}, by clause {clause}"),
            Text("授权写在 {first}", "it is delegated at {first}"),
        ),
    ),
    "overlay.twice": _says("“{name}”已有一个文件", "'{name}' has a file already"),
}

_RULES = {
    "definition.circle": _says(
        "定义互相依赖，成了圈：{circle}", "definitions depend on each other in a circle: {circle}",
        Text("让其中一个不再用到另一个", "let one of them do without the other"),
    ),
    "definition.deep": _says(
        "“{name}”连同它用到的定义嵌套超过 {limit} 层",
        "'{name}' and the definitions it uses nest more than {limit} deep",
        Text("减少一层套一层的定义", "let fewer definitions stand on one another"),
    ),
    "definition.unit": _says("{found}不能再加单位 {unit}", "{found} cannot be given the unit {unit}"),
    "definition.provided-on": _says(
        "“{name}”可以直接填写，须只有一个参数，且是一条记录",
        "'{name}' may be provided, so it takes one parameter, which is a record",
    ),
    "definition.provided-field": _says("{type}已有字段“{name}”", "{type} has a field '{name}' already"),
    "definition.provided-type": _says(
        "“{name}”的结果是{found}，不能直接填写", "'{name}' gives a {found}, which cannot be provided",
    ),
    "requirement.mixed": _says(
        "“{name}”任选其一的条件，otherwise 须一致", "the alternatives of '{name}' must have the same otherwise",
    ),
    "requirement.common-name": _says(
        "“{name}”是共同条件的名称", "'{name}' is the name of a common requirement",
        Text("换一个名称", "choose another name"),
    ),
    "measure.claimant": _says("没有“{found}”这种申请人", "there is no claimant '{found}'", _GUESS),
    "measure.loop": _says("for_each 要逐项看一个列表，这是{found}", "for_each goes through a list, this is a {found}"),
    "measure.no-pays": _says(
        "没有写明付多少（pays）", "it does not say what it pays",
        Text("写 pays:，或 kind: entitlement", "write pays:, or kind: entitlement"),
    ),
    "measure.entitlement-pays": _says("资格（entitlement）不付钱", "an entitlement pays nothing"),
    "measure.during": _says(
        "during 要一段日期或月份，这是{found}", "during is a range of dates or months, this is a {found}",
        Text("写成 [起日..止日]", "write [first day..last day]"),
    ),
    "measure.benefit-during": _says(
        "只有资格（entitlement）有起止（during）", "only an entitlement has a span (during)",
    ),
    "key.twice": _says("“{name}”在键中出现两次", "'{name}' stands twice in the key"),
    "key.name": _says(
        "看不出键的名称，应写成 entry.person 的样子", "the key has no name, write something like entry.person",
    ),
    "key.list": _says("列表不能作键", "a list cannot be a key"),
    "key.record": _says("{type}没有 key，分不清两条记录", "{type} has no key, so two of them cannot be told apart"),
    "claimant.fact": _says("没有“{found}”这个事实", "there is no fact '{found}'", _GUESS),
    "claimant.authority": _says("{found}不能作受理机关", "a {found} cannot be an authority"),
    "claimant.authorities": _says(
        "受理机关的类型不一：这里是{found}，前面是{want}",
        "authorities are of different types: {found} here, {want} before",
    ),
    "claimant.circle": _says(
        "受理机关取决于“{name}”，而它又由受理机关确定",
        "the authority depends on '{name}', which that authority settles",
        Text("不用它，或不授权确定它", "do without it, or do not delegate it"),
    ),
    "as_of.circle": _says(
        "规定日取决于随规定日而变的“{name}”", "the day depends on '{name}', which changes with the day",
        Text("只用案件中的事实", "use facts of the case only"),
    ),
    "order.type": _says("{found}没有先后", "a {found} has no order"),
    "limit.no-ceiling": _says(
        "“{name}”没有写明次数（grants）或金额（amount）", "'{name}' does not say how many grants, or what amount",
    ),
    "limit.ceilings": _says(
        "“{name}”既限次数又限金额", "'{name}' has both a number of grants and an amount",
        Text("分成两条限额", "make it two limits"),
    ),
    "limit.cut": _says(
        "“{name}”限的是次数，次数不能削减（over: cut）", "'{name}' counts grants, which cannot be cut",
        Text("写 over: refuse 或 over: wait", "write over: refuse or over: wait"),
    ),
    "limit.keep": _says(
        "“{name}”不能就高（keep: highest）：那只用于限次数、没有自己次序（order）的限额",
        "'{name}' cannot keep the highest: that is for limits that count grants and have no order of their own",
    ),
    "limit.order": _says(
        "“{name}”的次序（order）在各项措施中类型不一",
        "what '{name}' is put in order by has another type in one measure than in another",
    ),
    "limit.no-amount": _says("“{name}”是资格，没有金额可限", "'{name}' is an entitlement, which has no amount"),
    "limit.measure": _says("没有“{found}”这项措施", "there is no measure '{found}'", _GUESS),
    "duty.bearer": _says("没有“{found}”这种义务人（bearers）", "there is no bearer '{found}'", _GUESS),
    "duty.measure": _says(
        "“{name}”已是一项措施的名称", "'{name}' is the name of a measure", Text("换一个名称", "choose another name"),
    ),
    "duty.refer": _says(
        "职责不能转给别的政策（otherwise: refer）", "a duty cannot be referred to another policy",
        Text("去掉它，或写 otherwise: review", "leave it out, or write otherwise: review"),
    ),
    "duty.among": _says(
        "among 要列出{want}，这是{found}", "among lists all of {want}, this is a {found}",
    ),
}

MESSAGES: dict[str, Message] = {
    **_FILES, **_FORM, **_VALUES, **_NAMES, **_VOCABULARY, **_TABLES, **_PARAMETERS, **_RULES,
}
