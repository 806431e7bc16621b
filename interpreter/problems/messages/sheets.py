"""What may be wrong with the workbooks and delimited files of an office, and with the rows and cells in them."""

from __future__ import annotations

from interpreter.problems.messages import Message
from interpreter.problems.problem import Text

_M = Message
_T = Text

MESSAGES: dict[str, Message] = {
    # the file
    "sheet.encoding": _M(
        _T("{file} 既不是 UTF-8 也不是 GB18030 文本", "{file} is text neither in UTF-8 nor in GB18030"),
        _T("用表格软件另存为 .xlsx，或 UTF-8 的 CSV", "save it again as .xlsx, or as CSV in UTF-8"),
    ),
    "sheet.delimited": _M(
        _T("{file} 分不成行和列：{reason}", "{file} cannot be cut into rows and columns: {reason}"),
        _T("看看引号是否成对；或另存为 .xlsx", "see whether quotes come in pairs, or save it as .xlsx"),
    ),
    "sheet.large": _M(
        _T("{file} 太大：超过 {limit} {what}", "{file} is too large: more than {limit} {what}"),
        _T("分成几个文件", "split it into several files"),
    ),
    "sheet.unsafe": _M(
        _T("{file} 没有打开：{reason}", "{file} was not opened: {reason}"),
        _T(
            "查明它从哪里来；用表格软件重新存一份",
            "find out where it comes from; save it anew with a spreadsheet program",
        ),
    ),
    "sheet.password": _M(
        _T("{file} 有密码", "{file} has a password"),
        _T("去掉密码后另存", "save it without one"),
    ),
    "sheet.broken": _M(
        _T("{file} 是空的或已损坏，不是可读的表格", "{file} is empty or damaged, and no table that can be read"),
        _T("用表格软件打开，另存为 .xlsx", "open it with a spreadsheet program and save it as .xlsx"),
    ),
    "sheet.web-page": _M(
        _T("{file} 是网页或 XML，只是名称像表格", "{file} is a web page or XML that is only named like a table"),
        _T("用表格软件打开，另存为 .xlsx", "open it with a spreadsheet program and save it as .xlsx"),
    ),
    # what was understood
    "sheet.no-cases": _M(
        _T(
            "在 {file} 里没有找到案件：没有哪张表有“{want}”一列",
            "no cases were found in {file}: no sheet has a column {want}",
        ),
        _T(
            "写出对照表改正：policy import … --map-out map.yaml",
            "write a mapping and correct it: policy import ... --map-out map.yaml",
        ),
    ),
    "sheet.ambiguous": _M(
        _T("{sheet} 的列名“{head}”可以指几项：{want}", '{sheet}: the head "{head}" may mean {want}'),
        _T("在对照表里写明是哪一项", "say in the mapping which one it is"),
    ),
    "sheet.column-twice": _M(
        _T("{sheet} 的两列“{other}”和“{head}”是同一项", '{sheet}: the columns "{other}" and "{head}" are one fact'),
        _T("在对照表里把一列写成 skip", "write skip for one of them in the mapping"),
    ),
    # rows
    "sheet.no-key": _M(
        _T("这一行没有写是谁的、哪个案件的", "the row does not say whose it is or of which case"),
        _T("补上案件编号或身份证件号码", "the number of the case or the key of the person"),
    ),
    "sheet.no-case": _M(
        _T("这一行的案件不在案件表里", "the case of this row is not among the cases"),
        _T("与案件表一致的编号", "a number as the sheet of cases has it"),
    ),
    "sheet.join-differs": _M(
        _T("这一行的人不是案件 {case} 的人", "the person of this row is not that of case {case}"),
        _T("编号与人一致", "a number and a person that belong together"),
    ),
    "sheet.row-lost": _M(
        _T("{where}可能属于本案，但那一行不能用；少了它，“{list}”就不全",
           "{where} may belong to this case but cannot be used; without it {list} would not be complete"),
        _T("先改好那一行", "that row mended first"),
    ),
    "sheet.case-twice": _M(
        _T("同一案件写了几行，内容不同；另见 {others}", "the case has several rows that differ; see also {others}"),
        _T("只留正确的一行", "one row, the right one"),
    ),
    "sheet.person-twice": _M(
        _T("案件 {cases} 是同一人的", "the cases {cases} are of one person"),
        _T("看看是否重复申请", "see whether one was filed twice"),
    ),
    "sheet.no-item": _M(
        _T("这一行的人或事不在本案的“{list}”里", "what this row is about is not in the {list} of its case"),
        _T("与“{list}”一致的编号", "a key as {list} has it"),
    ),
    "sheet.none-yet-rows": _M(
        _T("写的是“无”，却另有这样的行", "it says that there are none, yet there are rows"),
        _T("两处一致", "both the same"),
    ),
    "sheet.rows-missing": _M(
        _T("写的是“有”，却没有这样的行", "it says that there are some, yet there is no row"),
        _T("补上明细行；没有则写“无”", "the rows; or none, where there are none"),
    ),
    "sheet.none-word": _M(
        _T("“{value}”没有说明是有还是无", '"{value}" does not say whether there are any'),
        _T("“有”、“无”或空着", "some, none, or nothing"),
    ),
    # cells
    "sheet.mark": _M(
        _T("不知道“{value}”在“{head}”这一列是什么意思", 'what "{value}" means in the column {head} is not known'),
        _T(
            "●、√、1、正常等；别的记号在对照表的 marks 里说明",
            "●, √, 1 and the like; other marks are explained in the mapping",
        ),
    ),
    "sheet.number-lost": _M(
        _T(
            "号码存成了数字，末几位已丢失，不能还原",
            "the number was kept as a numeric cell; its last digits are lost and cannot be restored",
        ),
        _T(
            "把该列设为文本格式，照证件重新填写",
            "the column formatted as text, and the number typed again from the document",
        ),
    ),
    "sheet.month-tenth": _M(
        _T("{value}是数字单元格，分不清是1月还是10月", "{value} is a number; whether month 1 or 10 was meant is lost"),
        _T("写成文字，例如 2021-10", "text, e.g. 2021-10"),
    ),
    "sheet.lunar": _M(
        _T("{value}是农历日期，不代为换算", "{value} is a day of the lunar calendar, which is not converted"),
        _T("公历日期，例如 2021-03-15", "a day such as 2021-03-15"),
    ),
    "sheet.short-year": _M(
        _T("{value}的年份只有两位，不知是哪个世纪", "{value} has a year of two digits, of an unknown century"),
        _T("四位数的年份", "a year of four digits"),
    ),
    "sheet.formula": _M(
        _T("单元格是公式，但文件里没有它的结果", "the cell has a formula, but the file does not have its result"),
        _T("用表格软件打开并保存一次，或改成值", "a value: open the file with a spreadsheet program and save it"),
    ),
    "sheet.error-cell": _M(
        _T("单元格显示错误（如 #N/A）", "the cell shows an error (such as #N/A)"),
        _T("正确的值，或空着", "the right value, or nothing"),
    ),
    "sheet.unwritten": _M(
        _T("{file} 写不了", "{file} cannot be written"),
        _T("看看文件夹是否存在、文件是否正开着", "see whether its folder is there, and whether it is open elsewhere"),
    ),
    # the mapping
    "map.form": _M(
        _T("对照表这里应是{want}", "the mapping wants {want} here"),
        _T("用 policy import 文件 --map-out 写出一份看看", "see what policy import FILE --map-out writes"),
    ),
    "map.key": _M(
        _T("对照表没有“{name}”这一项", 'a mapping has no item "{name}"'),
        _T("可写：{known}", "there are: {known}"),
    ),
    "map.sheet": _M(
        _T("文件里没有工作表“{name}”", 'the files have no sheet "{name}"'),
        (_T("是不是“{guess}”？", 'did you mean "{guess}"?'), _T("有：{known}", "there are: {known}")),
    ),
    "map.column": _M(
        _T("这张表没有“{name}”这一列", 'the sheet has no column "{name}"'),
        (_T("是不是“{guess}”？", 'did you mean "{guess}"?'), _T("写列名，或列的字母", "write its head, or its letter")),
    ),
    "map.fact": _M(
        _T("没有“{name}”这项事实", 'there is no fact "{name}"'),
        (_T("是不是“{guess}”？", 'did you mean "{guess}"?'),
         _T("写事实的路径，或 skip", "write the path of a fact, or skip")),
    ),
    "map.value": _M(
        _T("“{name}”的值不对：{reason}", 'the value for "{name}" is wrong: {reason}'),
        _T("写成案件文件里的样子", "write it as in a case file"),
    ),
}
