"""What can be wrong with a file as text and as YAML, before its meaning is looked at."""

from __future__ import annotations

from interpreter.problems.messages import Message
from interpreter.problems.problem import Text

_NO_REFERENCES = Text("把要用的内容在这里再写一遍", "write out here what is meant")
_BELOW = (
    Text("值写在下一行：\n{key}: >-\n  {value}", "write the value on the next line:\n{key}: >-\n  {value}"),
    Text("值写在下一行，上一行写 >-", "write the value on the next line, and >- on the line before"),
)
_NOT_NEEDED = Text(
    "删去它；如果它是文字的一部分，文字前后加单引号",
    "delete it; where it is part of a text, put single quotes around the text",
)

MESSAGES: dict[str, Message] = {
    # ---- the text
    "yaml.encoding": Message(
        Text("文件不是 UTF-8 编码，{looks}", "the file is not in UTF-8; {looks}"),
        Text("在编辑器中“另存为”，编码选 UTF-8", "in the editor choose 'save as' and the encoding UTF-8"),
    ),
    "yaml.control": Message(
        Text("文件里有不该出现的控制字符 {char}", "there is a control character {char} in the file"),
        Text("删去这个字符", "delete this character"),
    ),
    "yaml.invisible": Message(
        Text(
            "文件里有看不见的字符 {char}，显示的内容可能与实际不同",
            "there is an invisible character {char}; the file may not say what it seems to",
        ),
        Text("删去这个字符（常从网页或聊天软件复制而来）", "delete it (text copied from web pages has such)"),
    ),
    "yaml.blank": Message(
        Text("行首有全角空格或不换行空格，YAML 不认作缩进", "the line begins with a blank that is none to YAML"),
        Text("换成普通（半角）空格", "replace it by ordinary spaces"),
    ),
    "yaml.tab": Message(
        Text("缩进里有制表符（Tab），YAML 只认空格", "a tab is used for indentation; YAML wants spaces"),
        Text("换成空格，每层两个", "replace it by spaces, two for each level"),
    ),
    # ---- limits
    "yaml.size": Message(
        Text("文件太大，超过 {limit} 个字符", "the file has more than {limit} characters"),
        Text("分成几个文件", "split it into several files"),
    ),
    "yaml.scalar": Message(
        Text("这一个值太长，超过 {limit} 个字符", "this one value has more than {limit} characters"),
        Text("检查是不是漏了引号或缩进", "see whether a quotation mark or an indentation is missing"),
    ),
    "yaml.nodes": Message(
        Text("文件里的值太多，超过 {limit} 个", "the file has more than {limit} values"),
        Text("分成几个文件", "split it into several files"),
    ),
    "yaml.depth": Message(
        Text("嵌套太深，超过 {limit} 层", "nested more than {limit} levels deep"),
        Text("检查括号和缩进", "look at the brackets and the indentation"),
    ),
    # ---- parts of YAML that are not used
    "yaml.duplicate": Message(
        Text("“{key}”写了两次", "'{key}' is given twice"),
        Text("删去一个，或改成不同的名称", "delete one, or give it another name"),
    ),
    "yaml.anchor": Message(
        Text("不能用锚点“{name}”（& 在 YAML 里另有用处）", "anchors such as {name} are not used here"), _NOT_NEEDED,
    ),
    "yaml.alias": Message(
        Text("不能用别名“*{name}”（* 在 YAML 里另有用处）", "aliases such as *{name} are not used here"),
        _NO_REFERENCES,
    ),
    "yaml.tag": Message(
        Text("不能用标签“{name}”（! 在 YAML 里另有用处）", "tags such as {name} are not used here"), _NOT_NEEDED,
    ),
    "yaml.merge": Message(
        Text("不能用合并键 <<", "the merge key << is not used here"), _NO_REFERENCES,
    ),
    "yaml.key": Message(
        Text("冒号前应是一个名称，这里却是列表或映射", "a name must stand before the colon, not a list or a mapping"),
        Text("名称写成一个词；文字里有括号时前后加引号", "write one word; put quotes around text with brackets"),
    ),
    "yaml.documents": Message(
        Text("一个文件只能有一份内容，--- 之后又开始了一份", "a file holds one document; here --- begins another"),
        Text("删去 ---，或分成两个文件", "delete ---, or make two files of it"),
    ),
    "yaml.directive": Message(
        Text("不能用 % 开头的指令行", "lines that begin with % are not used here"),
        Text("删去这一行", "delete this line"),
    ),
    # ---- good YAML that says something else
    "yaml.comma": Message(
        Text(
            "花括号里的逗号把“{key}”的值切断了",
            "inside braces a comma ends the value of '{key}'",
        ),
        Text("去掉花括号，分行写：\n{key}: {value}", "write it on a line of its own, without braces:\n{key}: {value}"),
    ),
    "yaml.comma_list": Message(
        Text("方括号里的逗号把这一项切成了几项", "inside brackets a comma cuts this item into several"),
        Text("去掉方括号，分行写：\n- {value}", "write one line for each item, without brackets:\n- {value}"),
    ),
    "yaml.comment": Message(
        Text("空格加 # 以后是注释，“{cut}”在这里被切断了", "after a blank, # begins a comment: '{cut}' ends here"),
        _BELOW,
    ),
    # ---- mistakes of writing
    "yaml.colon_wide": Message(
        Text("“{key}”后面是全角冒号，YAML 只认半角冒号", "a full-width colon follows '{key}'"),
        Text("改为 {key}: 并在冒号后留一个空格", "write {key}: with a blank after the colon"),
    ),
    "yaml.colon_blank": Message(
        Text("“{key}”的冒号后面缺一个空格", "a blank is missing after the colon of '{key}'"),
        Text("写成 {key}: 再接内容，冒号后留一个空格", "write {key}: with a blank after the colon"),
    ),
    "yaml.colon": Message(
        Text("这一行像是名称，却没有冒号", "this looks like a key, but has no colon"),
        Text("写成“名称: 内容”；如果是上一行的续行，多缩进两格", "write `name: value`, or indent a continued value"),
    ),
    "yaml.colon_inside": Message(
        Text("值里面又有冒号加空格，YAML 会当成另一个名称", "a colon and a blank inside a value mean another key"),
        _BELOW,
    ),
    "yaml.start": Message(
        Text("值不能直接以 {char} 开头，这个符号在 YAML 里另有用处", "a value cannot begin with {char} in YAML"),
        _BELOW,
    ),
    "yaml.quote": Message(
        Text("引号 {char} 没有配对", "the quotation mark {char} is not closed"),
        Text("在这段文字末尾补上 {char}", "put {char} at the end of the text"),
    ),
    "yaml.after_quote": Message(
        Text("引号 {quote} 结束以后，同一行又有别的内容", "more follows on the line after the closing {quote}"),
        _BELOW,
    ),
    "yaml.escape": Message(
        Text("双引号里的 {written} 不是可用的写法", "{written} means nothing inside double quotes"),
        Text("改用单引号，或把 \\ 写成 \\\\", "use single quotes, or write \\\\ for \\"),
    ),
    "yaml.bracket": Message(
        Text("括号 {char} 没有配对", "the bracket {char} is not closed"),
        Text("在末尾补上 {closer}", "put {closer} at its end"),
    ),
    "yaml.closer": Message(
        Text("多出一个 {char}", "there is one {char} too many"),
        Text("删去它，或补上前面的括号", "delete it, or open the bracket before it"),
    ),
    "yaml.flow": Message(
        Text("括号里的值带有 YAML 的符号，到这里读不下去", "a value inside brackets has characters of YAML's own"),
        Text("去掉花括号或方括号，每项写一行：\n键: 值", "write a line for each item, without brackets:\nkey: value"),
    ),
    "yaml.dash": Message(
        Text("这里不能用 - 开始列表", "a list cannot begin with - here"),
        Text(
            "列表写在下一行；如果就是一个减号，写成 '-'",
            "begin the list on the next line; a dash by itself is written '-'",
        ),
    ),
    "yaml.mixed": Message(
        Text("列表的 - 和“名称: 内容”混在了同一层", "list items (-) and keys stand on one level"),
        Text("同一层只用一种；检查这一行的缩进", "use one of them on a level; look at the indentation here"),
    ),
    "yaml.indent": Message(
        Text("这一行的缩进和上面哪一层都对不上", "this line is indented like no level above it"),
        Text("与同一层的各行对齐，每层两格", "align it with its level, two spaces for each"),
    ),
    "yaml.beyond": Message(
        Text("文件的内容到上面已经结束，这里又有别的", "the document has ended above, and here is more"),
        Text("检查这一行的缩进和上面的括号", "look at the indentation here and the brackets above"),
    ),
    "yaml.syntax": Message(
        Text("YAML 读到这里读不下去", "YAML cannot be read beyond this place"),
        Text("检查这里和上一行的引号、括号、冒号和缩进", "look for a quote, bracket or colon here and above"),
    ),
}
