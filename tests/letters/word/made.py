"""Papers with everything a letter can have, and what a reader of the file sees."""

from __future__ import annotations

import io

import docx
from docx.document import Document as WordDocument

from interpreter.letters.document import Break, Grid, Heading, Items, Paragraph, Ruler, Signature, Words
from interpreter.letters.paper import Annex, Imprint, Paper
from interpreter.letters.word.file import lay_out


def words(text: str) -> tuple[Words, ...]:
    return (Words(text),)


TABLE = Grid(
    (words("序号"), words("对象"), words("金额")),
    tuple((words(str(n)), words(f"示例{n}"), words("3,000.00 元")) for n in range(1, 41)),
    ("right", "left", "right"),
)
BLOCKS = (
    Paragraph((Words("关于稳岗补贴，"), Words("决定如下", strong=True), Words("。"), Break(), Words("第二行。"))),
    Heading(3, words("一、查明的事实")),
    Heading(4, words("（一）参保")),
    Items((
        (Paragraph(words("参保三个月。")), Items(((Paragraph(words("二〇二一年三月起。")),),))),
        (Paragraph(words("单位缴纳。")), Paragraph(words("另一段。"))),
    )),
    Items(((Paragraph(words("第三")),), (Paragraph(words("第四")),)), first=3),
    TABLE,
    Paragraph(words("对本决定不服的，可以申请行政复议。")),
)
LETTER = Paper(
    "2021-0001-steady-granted", "2021-0001", BLOCKS, "准予补贴决定书", "案件编号：2021-0001", "示例甲：",
    ("示例区甲局",), "2021年6月10日", "草稿，未盖章", (Ruler(), Paragraph(words("由系统依照规则拟出。"))),
    ("示例区甲局",), "示人社补〔2021〕1号",
)
FULL = Paper(
    "x", "2021-0002", (*BLOCKS, Signature((Paragraph(words("在中间的落款")),))), "通知", "", "各单位：",
    ("示例市甲局", "示例市乙局"), "2021年6月10日", "", (), ("示例市甲局", "示例市乙局"), "示人社发〔2021〕9号", "full",
    annexes=(Annex("名单", (TABLE,), landscape=True), Annex("说明", (Paragraph(words("无")),))),
    imprint=Imprint(("示例县甲局", "示例县乙局"), "示例市甲局办公室", "2021年6月11日印发"),
)
PLAIN = Paper("y", "", (TABLE, TABLE), "公示名单", form="plain", landscape=True)
ALL = {"letter": LETTER, "issued": FULL, "plain": PLAIN}


def opened(paper: Paper) -> WordDocument:
    return docx.Document(io.BytesIO(lay_out(paper)))
