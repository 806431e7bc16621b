"""What may be wrong with an expression."""

from __future__ import annotations

from interpreter.problems.messages import Message
from interpreter.problems.problem import Text

_M = Message
_T = Text

MESSAGES: dict[str, Message] = {
    "syntax.empty": _M(_T("这里应有表达式，却是空的", "an expression is wanted here, but nothing stands here")),
    "syntax.long": _M(
        _T("表达式超过 {limit} 个字符", "the expression is longer than {limit} characters"),
        _T("把其中的概念写成 definitions.yaml 中的定义", "make definitions (definitions.yaml) of the ideas in it"),
    ),
    "syntax.deep": _M(
        _T("嵌套超过 {limit} 层", "nested more than {limit} deep"),
        _T("把内层写成 definitions.yaml 中的定义", "make a definition (definitions.yaml) of the inner part"),
    ),
    "syntax.unfinished": _M(
        _T("表达式没有写完", "the expression ends too soon"),
        _T("补上后面的部分，或检查括号是否成对", "write the rest, or look for a bracket that is not closed"),
    ),
    "syntax.elsewhere": _M(
        _T("这里不能写 {found}", "{found} is not a word of this language"),
        _T("改为 {want}", "write {want}"),
    ),
    "syntax.full-width": _M(
        _T("这里用了全角符号 {found}", "{found} is a full-width character"),
        _T("改为半角 {want}", "write the half-width {want}"),
    ),
    "syntax.space": _M(
        _T("这里有一个全角或别的特殊空格", "this is a full-width or otherwise special space"),
        _T("改为普通空格", "write an ordinary space"),
    ),
    "syntax.quote": _M(
        _T("引号没有成对", "a quotation mark is not closed"),
        _T('在文字两端各写一个半角引号 "', 'put a half-width " on both sides of the text'),
    ),
    "syntax.unexpected": _M(
        _T("这里不应出现“{found}”", "'{found}' is not expected here"),
        _T(
            "检查前后是否缺少运算符、逗号或括号；文字要加引号",
            "look for a missing operator, comma or bracket nearby; text wants quotation marks",
        ),
    ),
    "syntax.chain": _M(
        _T("比较不能连写，“{found}”接在另一个比较之后", "comparisons do not go in a row, '{found}' follows another"),
        _T("写成 a < x and x < b，或 x in (a..b)；先后成立的加括号", "write a < x and x < b, or x in (a..b)"),
    ),
    "syntax.unit": _M(
        _T("算式中的数后面不写单位“{found}”", "in an expression a number is written without its unit '{found}'"),
        _T(
            "相加或比较时只写 {number}，单位随另一边；要带单位的数，写成参数（value: {number} {found}），再用其名称",
            "where it is added or compared write {number} alone, it takes the other side's unit; else give it a name "
            "among the parameters (value: {number} {found}) and use that",
        ),
    ),
    "syntax.hole": _M(
        _T("这个空没有写完整", "this hole is not complete"),
        _T("写成半角 {open} 表达式 {close}", "write it as {open} expression {close}"),
    ),
    "literal.digits": _M(
        _T("数字超过 {limit} 位", "the number has more than {limit} digits"),
        _T("写不超过 {limit} 位的数", "write a number of at most {limit} digits"),
    ),
    "literal.date": _M(
        _T("“{text}”这一天不存在", "there is no day {text}"),
        _T("写真实存在的日期，例如 @\"2024-02-29\"", "write a day that exists, for example @\"2024-02-29\""),
    ),
    "literal.month": _M(
        _T("“{text}”不是月份", "{text} is not a month"),
        _T("写年-月，例如 @\"2021-03\"", "write year-month, for example @\"2021-03\""),
    ),
    "literal.at": _M(
        _T("不认识 @\"{text}\"", "@\"{text}\" is not understood"),
        _T(
            "日期 @\"2021-03-01\"，月份 @\"2021-03\"，时刻 @\"17:00:00\"，时长 @\"P3M\" 或 @\"P10D\"",
            "a day @\"2021-03-01\", a month @\"2021-03\", a time @\"17:00:00\", a duration @\"P3M\" or @\"P10D\"",
        ),
    ),
    "literal.time": _M(
        _T("“{text}”不是时刻", "{text} is not a time of day"),
        _T("写时:分:秒，各两位，例如 @\"17:00:00\" 或 @\"2021-03-01T17:00:00\"",
           "write hour:minute:second with two digits each, for example @\"17:00:00\" or @\"2021-03-01T17:00:00\""),
    ),
    "literal.zone": _M(
        _T("“{text}”的时区不存在", "{text} has no such time zone"),
        _T("写 Z、+08:00 或 @Asia/Shanghai", "write Z, +08:00 or @Asia/Shanghai"),
    ),
    "literal.local": _M(
        _T("“{text}”带有时区，政策里的时刻都是本地时刻", "{text} has a zone; the times of a policy are local ones"),
        _T("换算成本地时刻，去掉时区", "write the local time without a zone"),
    ),
    "literal.long": _M(
        _T("时长“{text}”太长", "the duration {text} is too long"),
        _T("写不到十亿年、十亿日的时长", "write less than a thousand million years or days"),
    ),
    "literal.escape": _M(
        _T("文字里的反斜杠 \\ 后面不能是这个", "this backslash escapes nothing"),
        _T("反斜杠写成 \\\\，引号写成 \\\"", "write \\\\ for a backslash, \\\" for a quotation mark"),
    ),
    "literal.null": _M(
        _T("null 不是政策文件的词：没有的事实是“未知”，不是空值",
           "null is not a word of policy files: what is absent is unknown"),
        _T("缺少时另有含义的，在事实处写 default:", "give the fact a default: where absence means something"),
    ),
    "name.asked": _M(
        _T("? 只能写在表格的单元格里", "? stands for the input of a table's cell"),
        _T("写出要比较的名称", "write the name of what is compared"),
    ),
    "power.chain": _M(
        _T("a ** b ** c 从左算起，即 (a ** b) ** c", "a ** b ** c goes from the left: (a ** b) ** c"),
        _T("加上括号", "write the brackets"),
    ),
    "power.negative": _M(
        _T("-a ** b 是 (-a) ** b，不是 -(a ** b)", "-a ** b is (-a) ** b and not -(a ** b)"),
        _T("加上括号", "write the brackets"),
    ),
    "name.unknown": _M(
        _T("没有“{name}”这个名称", "there is no name '{name}'"),
        (
            _T("是不是 {guess}{about}？", "did you mean {guess}{about}?"),
            _T("文字要加引号；policy show 列出各个名称", "text wants quotation marks; policy show lists the names"),
        ),
    ),
    "name.needs-arguments": _M(
        _T("“{name}”要带括号和参数", "'{name}' needs brackets with its arguments"),
        _T("写成 {name}(…)", "write {name}(...)"),
    ),
    "name.not-callable": _M(
        _T("“{name}”是{kind}，不能带括号", "'{name}' is a {kind} and takes no brackets"),
        _T("去掉括号，写 {name}", "drop the brackets: {name}"),
    ),
    "name.shadows": _M(
        _T("“{name}”已有别的含义，不能再作循环变量", "'{name}' already means something else"),
        _T("换一个没有用过的变量名", "choose another name for the loop variable"),
    ),
    "call.arity": _M(
        _T("{name} 需要 {want} 个参数，这里有 {found} 个", "{name} takes {want} arguments, not {found}"),
    ),
    "known.place": _M(
        _T("is known 只能是“otherwise: review”的要求里必须成立的条件，或写在给人读的文字里",
           "is known stands only as a condition of a requirement with otherwise: review, or in texts for people"),
        _T("改用事实的 default:", "use default: of the fact"),
    ),
    "call.no-names": _M(
        _T("{name} 的参数没有名称，要按次序写", "the arguments of {name} have no names; give them in order"),
        _T("去掉“名称:”", "leave out the names"),
    ),
    "call.name": _M(
        _T("{function} 没有名为“{name}”的参数", "{function} has no argument named '{name}'"),
        (
            _T("是不是 {guess}？共有：{names}", "did you mean {guess}? There are: {names}"),
            _T("共有：{names}", "there are: {names}"),
        ),
    ),
    "call.name-twice": _M(_T("参数“{name}”写了两次", "the argument '{name}' is given twice")),
    "call.name-missing": _M(_T("{function} 还缺参数：{names}", "{function} also needs: {names}")),
    "call.names-apart": _M(
        _T("{function} 的这些参数不能一起用：{names}",
            "{function} does not take these together with the others: {names}"),
    ),
    "call.written-out": _M(
        _T("{name}(…) 只接受直接写出的文字", "{name}(...) takes a text written out"),
        _T("例如 date(\"2021-03-01\")、duration(\"P3M\")", "for example date(\"2021-03-01\"), duration(\"P3M\")"),
    ),
    "call.at": _M(
        _T("at(…) 的第一个参数须是表或参数的名称", "the first argument of at(...) is the name of a table or parameter"),
    ),
    "field.unknown": _M(
        _T("{record}没有“{name}”这一项", "{record} has no field '{name}'"),
        (
            _T("是不是 {guess}？共有：{fields}", "did you mean {guess}? There are: {fields}"),
            _T("共有：{fields}", "there are: {fields}"),
        ),
    ),
    "field.none": _M(
        _T("{found}没有“{name}”这一项", "{found} has no field '{name}'"),
    ),
    "field.property": _M(
        _T("{found}没有“{name}”这一项", "{found} has no field '{name}'"),
        (
            _T("是不是 .{guess}？共有：{fields}", "did you mean .{guess}? There are: {fields}"),
            _T("共有：{fields}", "there are: {fields}"),
        ),
    ),
    "field.provided": _M(
        _T("“{name}”是可以由案件提供的定义，不是事实", "'{name}' is a definition that a case may provide, not a fact"),
        _T("写成调用：{name}(…)", "call it: {name}(...)"),
    ),
    "filter.ambiguous": _M(
        _T("“{name}”既是这一行的项，又是外面的名称", "'{name}' is a field of the row and also a name outside it"),
        _T("指这一行时写 item.{name}；指外面的，先用循环变量接住", "write item.{name} for the row's field"),
    ),
    "type.compare": _M(
        _T("{left}不能和{right}比较", "{left} cannot be compared with {right}"),
        _T("两边须是同一类型；数字不加引号", "both sides must be of one type; numbers take no quotation marks"),
    ),
    "type.order": _M(
        _T("{left}没有大小之分", "{left} has no order"), _T("用 = 或 !=", "use = or !="),
    ),
    "choice.order": _M(
        _T("选项没有大小之分", "choices have no order"),
        _T("用 = 或 in [\"…\", \"…\"]", "use = or in [\"...\", \"...\"]"),
    ),
    "type.keyless": _M(
        _T("{left}没有键（key），不能整个比较", "{left} has no key and cannot be compared as a whole"),
        _T("比较其中的某一项", "compare one of its fields"),
    ),
    "unit.differ": _M(
        _T("单位不同：{left} 和 {right}", "the units differ: {left} and {right}"),
        _T("两边须是同一单位；计数用 unit: 附上单位", "both sides need one unit; give a count one with unit:"),
    ),
    "unit.wanted": _M(
        _T("这里要{want}，却是{found}", "{want} is wanted here, this is {found}"),
        _T("检查单位", "look at the units"),
    ),
    "type.differ": _M(_T("各参数的类型或单位不同", "the arguments differ in type or unit")),
    "type.operator": _M(_T("{operator} 不能用于这些类型", "{operator} does not work on these types")),
    "type.argument": _M(
        _T(
            "{name} 的第 {number} 个参数应是{want}，却是{found}",
            "argument {number} of {name} must be {want}, this is {found}",
        ),
    ),
    "type.condition": _M(
        _T("条件须成立或不成立，这里是{found}", "a condition holds or does not; this is {found}"),
        _T("写成比较，例如 … >= 3", "write a comparison, for example ... >= 3"),
    ),
    "type.wanted": _M(_T("这里要{want}，却是{found}", "{want} is wanted here, this is {found}")),
    "type.places": _M(
        _T("小数位太多：这里要{want}，却是{found}", "too many decimal places: {want} is wanted, this is {found}"),
        _T("用 round half up(…, 2) 等写明如何取整", "say how to round, for example round half up(..., 2)"),
    ),
    "type.ratio": _M(
        _T("这里要{want}，却是没有取整的{found}", "{want} is wanted here, this is a quotient that is not rounded"),
        _T("用 round half up(…, 2) 等写明如何取整", "say how to round, for example round half up(..., 2)"),
    ),
    "type.branches": _M(
        _T("then 和 else 类型不同：{left} 和 {right}", "then and else differ in type: {left} and {right}"),
    ),
    "type.items": _M(_T("同一列表中的各项须是同一类型", "the items of a list must be of one type")),
    "type.range": _M(_T("区间两端类型不同：{left} 和 {right}", "the ends of the range differ: {left} and {right}")),
    "range.bound": _M(
        _T("({operator} …) 只能写在 in 的右边或表格里，不是区间",
            "({operator} ...) is a test of in and of tables, and no range"),
        _T("写成 [a..a] 或直接比较", "write [a..a], or compare"),
    ),
    "record.repeated": _M(
        _T("记录里“{name}”写了两次", "the record has '{name}' twice"), _T("换一个名称", "choose another name"),
    ),
    "type.filter": _M(_T("只有列表能带 […]，这里是{found}", "only a list takes [...]; this is {found}")),
    "type.filter-inside": _M(
        _T("[…] 里须是条件或整数，这里是{found}", "[...] holds a condition or a whole number, not {found}"),
    ),
    "type.loop": _M(_T("in 的后面须是列表，这里是{found}", "a list is wanted after in; this is {found}")),
    "type.steps": _M(
        _T(".. 的两端须都是整数或都是日期，这里是{left}和{right}", ".. goes from one whole number or day to another; "
           "these are {left} and {right}"),
    ),
    "list.empty": _M(
        _T("这里看不出空列表里会有什么", "nothing here says what the empty list would hold"),
        _T("换成有类型的列表，或去掉它", "write a list that has a type, or leave it out"),
    ),
    "list.position": _M(_T("位置从 1 数起，没有第 0 个", "positions count from 1; there is no position 0")),
    "list.deep": _M(
        _T("嵌套超过三层的列表不能一次展开", "lists nested more than three deep are not flattened at once"),
        _T("先展开里面的", "flatten the inner ones before"),
    ),
    "list.length": _M(_T("长度至少为 1", "the length is at least 1")),
    "pattern.wrong": _M(
        _T("正则表达式第 {place} 个字符处有误：{why}", "the pattern is wrong at its character {place}: {why}"),
        _T("要表示特殊字符本身，在它前面加 \\", "write a \\ before a special character that is meant itself"),
    ),
    "pattern.flags": _M(
        _T("没有“{found}”这个标志", "there is no flag '{found}'"),
        _T("可用的标志：s、m、i、x、q", "the flags are s, m, i, x and q"),
    ),
    "pattern.nothing": _M(
        _T("这个正则表达式连空文字也符合，无法据以断开或替换",
           "even empty text has this pattern, so there is no telling where to split or replace"),
        _T("写成至少占一个字符的，例如用 + 而不用 *", "write one that takes a character at least, with + instead of *"),
    ),
    "pattern.replacement": _M(
        _T("替换文字中，$ 后面要有数字，\\ 后面要有 \\ 或 $",
           "in a replacement a digit follows a $, and a \\ or $ follows a \\"),
        _T("要表示 $ 本身，写 \\$", "for a $ itself write \\$"),
    ),
    "choice.unknown": _M(
        _T("{choice} 没有“{word}”这个选项", "{choice} has no member \"{word}\""),
        (
            _T("是不是 \"{guess}\"？可选：{members}", "did you mean \"{guess}\"? The ids: {members}"),
            _T("写 id，可选：{members}", "write one of the ids: {members}"),
        ),
    ),
    "number.places-literal": _M(
        _T("保留的位数要直接写成整数", "the number of places must be written out as a whole number"),
        _T("例如 round half up(x, 2)", "for example round half up(x, 2)"),
    ),
    "number.places-many": _M(
        _T("积的小数位超过 34 位", "the product has more than 34 decimal places"),
        _T("先用 round half up(…, 2) 等取整", "round before, for example round half up(..., 2)"),
    ),
    "number.places-range": _M(_T("保留的位数须在 -12 到 12 之间", "the number of places is from -12 to 12")),
    "number.digits": _M(
        _T("结果可能超过 34 位", "the result may have more than 34 digits"),
        _T(
            "给事实写明 at_least 和 at_most，或先用 min、max、取整把数限住",
            "declare at_least and at_most of its facts, or limit it before by min, max or rounding",
        ),
    ),
    "number.bounds": _M(
        _T(
            "这里的数不能超过正负 {most}，写的却可能从 {low} 到 {high}",
            "a number here is within plus or minus {most}, this may be from {low} to {high}",
        ),
        _T(
            "给事实写明 at_least 和 at_most，或用 min、max 限住",
            "declare at_least and at_most of its facts, or limit it by min and max",
        ),
    ),
    "unit.plain": _M(
        _T("这里要没有单位的数，却是{left}", "a number without a unit is wanted here, this is {left}"),
        _T("先除以同单位的数", "divide by a number of the same unit before"),
    ),
    "unit.span": _M(
        _T("时长只能乘以没有单位的数", "a duration is only taken times a number without a unit"),
        _T("先除以同单位的数", "divide by a number of the same unit before"),
    ),
    "unit.yearly": _M(
        _T("per month 只用于每年的数，这里是{left}", "per month takes a figure per year, this is {left}"),
        _T("例如 CNY/year 折成 CNY/month", "CNY/year becomes CNY/month, for example"),
    ),
}
