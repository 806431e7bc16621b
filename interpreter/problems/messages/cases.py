"""What may be wrong with a case.

Where a problem has a path in the case, what mends it stands after the word 应为 or want and says what is wanted; where
it has none (the text itself cannot be read), after 改法 or mend, and says what to do.
"""

from __future__ import annotations

from interpreter.problems.messages import Message
from interpreter.problems.problem import Text

_M = Message
_T = Text
_WANT = _T("{want}", "{want}")
_GUESS = _T("是不是“{guess}”？", 'did you mean "{guess}"?')
_PERHAPS = _T("“{guess}”？", '"{guess}"?')

MESSAGES: dict[str, Message] = {
    # the text
    "case.encoding": _M(
        _T("{name} 不是 UTF-8 文本（第 {line} 行起读不出）", "{name} is not UTF-8 text (unreadable from line {line})"),
        _T(
            "它像是 {guess}；用记事本、WPS 等另存为 UTF-8",
            "it looks like {guess}; save it again as UTF-8",
        ),
    ),
    "case.size": _M(_T("案件超过 {limit} 个字符", "the case is longer than {limit} characters")),
    "case.depth": _M(_T("括号嵌套超过 {limit} 层", "brackets nest more than {limit} deep")),
    "case.json": _M(_T("不是合格的 JSON：{reason}", "not JSON: {reason}")),
    "case.json-width": _M(
        _T("不是合格的 JSON：用了全角符号 {found}", "not JSON: {found} is a full-width character"),
        _T("改成半角 {guess}", "write {guess}"),
    ),
    "case.duplicate": _M(
        _T("“{key}”写了两次（先在第 {line} 行）", '"{key}" is written twice (first in line {line})'),
        _T("只留一个", "keep one of them"),
    ),
    "case.constant": _M(_T("{found} 不是数", "{found} is not a number")),
    "case.digits": _M(_T("数超过 {limit} 位", "the number has more than {limit} digits")),
    # its shape
    "case.object": _M(
        _T("案件应是花括号中的名称和内容", "a case is names and values in braces"),
        _T('写成 {{"policy": …, …}}', 'write {{"policy": ..., ...}}'),
    ),
    "case.unknown-key": _M(_T("没有“{key}”这一项", 'there is no item "{key}"'), _PERHAPS),
    "case.twice": _M(
        _T("“{key}”与“{other}”是同一项，写了两次", '"{key}" and "{other}" are one item, written twice'),
        _T("只留一个", "only one of them"),
    ),
    "case.record": _M(
        _T("这里应有几项内容，却只是一个值或列表", "several items belong here, not a single value or a list"),
        _T('花括号，例如 {{"名称": …}}', 'braces, e.g. {{"name": ...}}'),
    ),
    "case.list": _M(
        _T("这里应是列表", "a list belongs here"),
        _T("方括号，例如 […, …]；没有则写 []", "square brackets, e.g. [..., ...]; [] for none"),
    ),
    "case.null-item": _M(
        _T("列表中不能有空行（null）", "a list cannot have an empty row (null)"),
        _T("有内容的行；各项都未知则写 {{}}", "a row, or {{}} where nothing is known of it"),
    ),
    "case.long-list": _M(_T("列表超过 {limit} 行", "the list has more than {limit} rows")),
    "case.scalar": _M(_T("这里应是一个值，却是列表或多项内容", "one value belongs here, not a list or several items")),
    "case.required": _M(
        _T("缺少必填的“{field}”", "the required {field} is missing"),
    ),
    # its values
    "case.text": _M(
        _T(
            "文字要加引号：写成数字会丢失开头的零和末尾几位",
            "text must stand in quotes: as a number it loses leading zeros and its last digits",
        ),
        _T("加引号的文字", "text in quotes"),
    ),
    "case.word": _M(
        _T("{value}应写成加引号的文字（{type}）", "{value} must be text in quotes ({type})"),
        _T("加引号的文字", "text in quotes"),
    ),
    "case.empty": _M(
        _T("内容是空的", "there is nothing in it"),
        _T("内容；不知道则删去该项", "a value; leave the item out where it is not known"),
    ),
    "case.characters": _M(_T("含有不可见的控制字符", "it has invisible control characters")),
    "case.boolean": _M(
        _T("{value}不是“是”或“否”", "{value} is neither yes nor no"), _T("true 或 false", "true or false")
    ),
    "case.number": _M(_T("{value}不是这里要的数", "{value} is not the number wanted here"), _WANT),
    "case.bounds": _M(_T("{value}超出范围", "{value} is out of bounds"), _WANT),
    "case.date": _M(_T("{value}不是日期", "{value} is not a date"), _WANT),
    "case.date-month": _M(
        _T("{value}只有年月，没有日；程序不会替人补一个日", "{value} has no day; none is made up"), _WANT
    ),
    "case.month": _M(_T("{value}不是月份", "{value} is not a month"), _WANT),
    "case.time": _M(_T("{value}不是时刻", "{value} is not a time of day"), _WANT),
    "case.date-time": _M(_T("{value}不是日期和时刻", "{value} is not a date and time"), _WANT),
    "case.local": _M(
        _T("{value}带有时区，政策里的时刻都是本地时刻", "{value} has a zone; the times of a policy are local ones"),
        _WANT,
    ),
    "case.choice": _M(_T("{value}不在可选项中", "{value} is not one of the choices"), _WANT),
    "case.row": _M(_T("“{table}”中没有{value}", "there is no {value} in {table}"), _WANT),
    "case.row-ambiguous": _M(
        _T("{value}在“{table}”中不止一个", "{value} stands for several rows of {table}"), _WANT
    ),
    "case.value": _M(_T("{value}不是{type}", "{value} is not a {type}")),
    # numbers with a check digit, never shown
    "case.id-length": _M(
        _T("身份证件号码的位数不对", "the identity number has the wrong length"), _T("18 位", "18 characters")
    ),
    "case.id-fifteen": _M(
        _T(
            "是15位旧号码：出生世纪和校验码无从得知，不能代为换算",
            "it is an old number of 15 digits: its century and check digit are not known and are not made up",
        ),
        _T("现行证件上的18位号码", "the 18 characters on the present card"),
    ),
    "case.id-form": _M(
        _T("身份证件号码中有不该有的字符", "the identity number has characters that do not belong there"),
        _T("17 位数字和末位的数字或 X", "17 digits, then a digit or X"),
    ),
    "case.id-birth": _M(
        _T("身份证件号码中的出生日期不存在", "the birth date in the identity number does not exist"),
        _T("第 7 至 14 位是实有的年月日", "a real date in characters 7 to 14"),
    ),
    "case.id-future": _M(
        _T("身份证件号码中的出生日期晚于申请日期", "the birth date in the identity number is after the day of filing"),
        _T("第 7 至 14 位不晚于申请日期", "in characters 7 to 14 no later day"),
    ),
    "case.id-check": _M(
        _T("身份证件号码的校验码不符，至少有一位写错", "the check digit of the identity number is wrong"),
        _T("与证件逐位一致的号码", "the number exactly as on the card"),
    ),
    "case.code-length": _M(
        _T("统一社会信用代码的位数不对", "the social credit code has the wrong length"), _T("18 位", "18 characters")
    ),
    "case.code-form": _M(
        _T("统一社会信用代码中有不该有的字符", "the social credit code has characters that do not belong there"),
        _T(
            "数字和大写字母（没有 I、O、S、V、Z），第 3 至 8 位是数字",
            "digits and capitals (no I, O, S, V, Z), characters 3 to 8 digits",
        ),
    ),
    "case.code-check": _M(
        _T("统一社会信用代码的校验码不符，至少有一位写错", "the check digit of the social credit code is wrong"),
        _T("与营业执照逐位一致的代码", "the code exactly as on the licence"),
    ),
    # the files it comes in
    "input.missing": _M(
        _T("没有 {file} 这个文件", "there is no file {file}"), _T("是不是 {guess}？", "did you mean {guess}?"),
    ),
    "input.folder": _M(
        _T("{file} 是文件夹，不是文件", "{file} is a folder, not a file"),
        _T("写出其中的文件，例如 {file}/*.json", "name the files in it, for example {file}/*.json"),
    ),
    "input.unreadable": _M(
        _T("文件 {file} 打不开", "the file {file} cannot be opened"),
        _T("看看是否有读取的权限", "see whether you may read it"),
    ),
    "input.none": _M(
        _T("{file} 里没有案件", "there is no case in {file}"),
        _T("每行写一个案件（JSON）", "write one case a line (JSON)"),
    ),
    # what it is about
    "case.policy": _M(
        _T("案件写的不是这份政策", "the case names another policy"), _T("{want}", "{want}")
    ),
    "case.measure": _M(_T("没有“{value}”这项措施", 'there is no measure "{value}"'), _PERHAPS),
    "case.required-entry": _M(
        _T("缺少“{field}”", "{field} is missing"),
    ),
    "case.provided-differs": _M(
        _T(
            "{label}写的是 {given}，按明细算出的是 {computed}",
            "{label} is given as {given}, the rows make it {computed}",
        ),
        _T("两者一致，或只写明细", "both the same, or the rows alone"),
    ),
    "case.claimant": _M(
        _T("没有“{value}”这类申请人", 'there is no claimant "{value}"'), _T("可选 {want}", "one of {want}")
    ),
    # facts set from outside
    "case.set-path": _M(_T("没有“{word}”这个事实", 'there is no fact "{word}"'), _GUESS),
    "case.set-row": _M(
        _T("没有第 {word} 行：列表有 {rows} 行", "there is no row {word}: the list has {rows}"),
        _T("写已有的行号，从 1 起", "give the number of a row that is there, from 1"),
    ),
    "case.set-ambiguous": _M(
        _T("叫“{word}”的事实不止一个", 'more than one fact is called "{word}"'),
        _T("写全：{want} 之一", "write it in full, one of {want}"),
    ),
}
