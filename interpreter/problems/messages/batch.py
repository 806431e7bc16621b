"""What can be wrong with a batch: its files as a whole, and what its rules need that SQL has not."""

from __future__ import annotations

from interpreter.problems.messages import Message
from interpreter.problems.problem import Text

MESSAGES: dict[str, Message] = {
    "batch.parquet": Message(
        Text("{file} 不是可读的 Parquet 文件", "{file} is no Parquet file that can be read"),
        Text("重新导出；表格可用 .xlsx 或 .csv", "export it again; sheets may be .xlsx or .csv"),
    ),
    "batch.one-table": Message(
        Text(
            "{file} 是 Parquet 文件，一次只办一个，且不能同时用 --set、--as-of",
            "{file} is a Parquet file: it is decided by itself, and without --set or --as-of",
        ),
        Text("每个文件各办一次；日期写在文件的列里", "decide each file by itself; days stand in a column of it"),
    ),
    "batch.column-type": Message(
        Text("列“{column}”的类型 {type} 读不了", "the column '{column}' cannot be read as {type}"),
        Text(
            "数用整数或 DECIMAL（浮点数不准确），日期用 DATE，其余用文字",
            "use integers or DECIMAL for numbers (floating ones are not exact), DATE for days, text for the rest",
        ),
    ),
    "batch.no-column": Message(
        Text("没有一列是这份政策的事实", "none of the columns is a fact of this policy"),
        Text("列名写事实的路径或名称：{known}", "name columns by the paths of facts or their labels: {known}"),
    ),
    "batch.function": Message(
        Text("{name} 在成批决定中没有", "{name} is not to be had in a batch"),
        Text("换一种写法，或用 policy eval 逐案决定", "write it another way, or decide case by case with policy eval"),
    ),
    "batch.slow": Message(
        Text("{name} 由解释器计算，成批时慢一些", "{name} is worked out by the interpreter, so a batch is slower"),
    ),
    "batch.many": Message(
        Text("{folder} 中有几份政策", "there are several policies in {folder}"),
        Text("用 --policy 指明其中一份：{known}", "say which with --policy: {known}"),
    ),
    "batch.unwritten": Message(
        Text("{folder} 写不进去", "nothing can be written to {folder}"),
        Text("换一个文件夹，或腾出空间", "take another folder, or make room"),
    ),
    "batch.differs": Message(
        Text(
            "数据库与解释器对 {count} 个抽查的案件结论不同，没有写出结果：{cases}",
            "database and interpreter differ on {count} of the sampled cases; nothing was written: {cases}",
        ),
        Text("请报告这一错误；--engine interpreter 可先办", "please report it; --engine interpreter decides meanwhile"),
    ),
}
