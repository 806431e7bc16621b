"""The words of the report, in both languages. Templates have holes in the style of `str.format`."""

from __future__ import annotations

from interpreter.decision.model import Outcome, State
from interpreter.problems import Text

OUTCOME: dict[Outcome, Text] = {
    "granted": Text("准予", "granted"),
    "review": Text("待审", "review"),
    "incomplete": Text("待补", "incomplete"),
    "referred": Text("转办", "referred"),
    "refused": Text("不予", "refused"),
    "not_applicable": Text("无项", "no item"),
    "met": Text("已尽", "met"),
    "unmet": Text("未尽", "unmet"),
    "pending": Text("未到期", "pending"),
    "unknown": Text("不明", "unknown"),
}
STATE: dict[State, Text] = {
    "met": Text("符合", "met"),
    "not met": Text("不符", "not met"),
    "unknown": Text("未知", "unknown"),
}

# ---- between words
COMMA = Text("，", ", ")
PAUSE = Text("、", ", ")
COLON = Text("：", ": ")
ASIDE = Text("（{0}）", " ({0})")

# ---- who, by what, as of when
APPLICATION = Text("申请 {0}", "application {0}")
IN_FORCE = Text("{number}，按 {day}{label}的规定", "{number}, as in force on {day}{label}")
IN_FORCE_UNKNOWN = Text("{number}，不知道按哪一日的规定{label}", "{number}, as in force on an unknown day{label}")
GIVEN_DAY = Text("由 --as-of 指定", "given by --as-of")

# ---- the answer
ENTITLED = Text("资格", "status")
SPAN = Text("自 {0} 至 {1}", "from {0} to {1}")
OPEN_SPAN = Text("自 {0} 起", "from {0}")
NOT_INCLUDED = Text("不含", "not included")
NOT_YET_KNOWN = Text("金额未定", "not yet known")
NOTHING = Text("{0}：无", "{0}: none")
IF_SUPPLIED = Text(
    "补齐 {0} 项且符合时；现为 0", "if {0} fact is supplied; now 0|if {0} facts are supplied; now 0"
)
WANTS = Text("缺 {0} 项", "wants {0} fact|wants {0} facts")
OFFICE_FIRST = Text("本机关须先办 {0} 项", "office: {0} point open|office: {0} points open")
REFERRED_TO = Text("转：{0}", "to: {0}")
DUE = Text("限期 {0}", "due {0}")
DUE_UNKNOWN = Text("限期未知", "due on an unknown day")
TOTAL = Text("合计", "total")
GRANTED_COUNT = Text("准予 {0} 项", "{0} granted")
STILL = Text("另有 {0}", "also {0}")
UNCLAIMED = Text("没有申请，只作试算，不生成文书", "Not claimed: only a trial, without letters")
UNSETTLED = Text("{0} 项未定", "{0} not yet known")
LINES = Text("{0} 行", "{0} line|{0} lines")
ALL_ALIKE = Text("{lines}，{outcome}|{lines}，均{outcome}", "{lines}, {outcome}|{lines}, all {outcome}")

# ---- reasons
CLAUSE = Text("{0}", "clause {0}")
NEEDS = Text("需 {0}", "needs {0}")
SHORT_BY = Text("还差 {0}", "{0} short")
LACKS = Text("缺 {0}", "wants {0}")
OPEN = Text("本机关未定 {0}", "office has not set {0}")
AS_ABOVE = Text("同上", "as above")
ANY_ONE = Text("满足其一即可", "any one suffices")
DID_NOT_DECIDE = Text("非决定原因", "did not decide")
ASSUMED = Text("缺省", "default")
PROVIDED = Text("案件提供", "given by the case")
ITEMS = Text("{0} 项", "{0} item|{0} items")
AND_MORE = Text(" 等 {0} 项", " and others, {0} in all")
IF_UNMET_REFER = Text("不符的，适用{0}", "if not met, this applies: {0}")
IF_UNMET_REVIEW = Text("不符的，由人工认定", "if not met, a person decides")
AMOUNT = Text("金额", "amount")
FOLDED = Text("{0} 项", "{0} requirement|{0} requirements")
LIMITED = Text("限额以前 {before}，限额以后 {after}", "before the limit {before}, after it {after}")
CAPPED = Text("上限 {0}，此前已用 {1}，尚余 {2}", "cap {0}, used before {1}, left {2}")
LIMIT = Text("限额", "limit")
EARLIER = Text("先前的决定 {0}", "earlier decision {0}")
ADMINISTERED = Text("由以下政策办理：{0}", "governed by: {0}")

# ---- what is to be done
ASK = Text("请申请人补充（一次告知，{0} 项）", "Ask the claimant ({0}, all at once)")
ASK_BEARER = Text("请义务人补充（一次告知，{0} 项）", "Ask who bears the duty ({0}, all at once)")
FILL = Text("填 {0}", "{0}")
PROOF = Text("证明方式：{0}", "proof: {0}")
AT_STAKE = Text("影响：{0}", "at stake: {0}")
HOMEWORK = Text(
    "本机关须先办（不向申请人索要，{0} 项）", "The office's own homework ({0}, never asked of the claimant)"
)
NOT_SET = Text("尚未确定：{0}", "not set: {0}")
FAULT = Text("规则在此处得不出结果（{0}）", "the rules give no result here ({0})")
A_PERSON = Text("须由人工认定：{0}", "a person must decide: {0}")
READINGS = Text("按以下口径办理，尚未定论（{0} 项）", "Readings taken, not yet decided ({0})")
BASIS = Text("依据：{0}", "basis: {0}")
DEFAULTS = Text("案件未填，按缺省办理（{0} 项）", "Not in the case, taken by default ({0})")

# ---- notes and commands
NOTE = Text("注意", "Note")
TRIAL = Text(
    "案件没有列出申请事项（claims），以上是试算；不予、无项不生成文书。",
    "The case lists no claims, so this is a trial: refused and empty measures produce no letter.",
)
NO_HISTORY = Text(
    "没有查询以往的决定，是否已经享受过未作核对。",
    "Earlier decisions were not consulted: whether any of this was granted before is not checked.",
)
NEXT = Text("下一步", "Next")
WRITE_LETTERS = Text("生成文书", "write the letters")
STEP_BY_STEP = Text("逐步看怎样得出", "step by step")
TRY = Text("试算", "try it")
LETTERS_FOLDER = Text("文书", "letters")

# ---- how a fact is filled in
YES_OR_NO = Text("是 或 否", "yes or no")
A_DATE = Text("年-月-日", "year-month-day")
A_MONTH = Text("年-月", "year-month")
A_TIME = Text("时:分:秒", "hh:mm:ss")
A_DATE_AND_TIME = Text("年-月-日T时:分:秒", "yyyy-mm-ddThh:mm:ss")
AN_INTEGER = Text("整数", "whole number")
A_NUMBER = Text("数", "number")
SOME_TEXT = Text("文字", "text")
A_LIST = Text("列表：{0}", "list: {0}")
OR = Text(" 或 ", " or ")

# ---- step by step
REQUIREMENT_ALL = Text("以下各项都须符合", "all of these must be met")
REQUIREMENT_ANY = Text("以下各项符合其一即可", "any one of these must be met")
LINE = Text("第 {0} 行", "Line {0}")
AMOUNT_STEP = Text("金额", "Amount")
AMOUNT_UNKNOWN = Text("未知", "unknown")
CONCLUSION = Text("结论", "Outcome")
WHY_GRANTED = Text("各项要求都符合，所以{0}。", "Every requirement is met, so this is {0}.")
WHY_REFUSED = Text("“{1}”不符，所以{0}。", "“{1}” is not met, so this is {0}.")
WHY_REFERRED = Text(
    "“{1}”不符，不由本政策办理，所以{0}。", "“{1}” is not met, so another scheme governs and this is {0}."
)
WHY_INCOMPLETE = Text("作出决定还缺：{1}，所以{0}。", "Still wanted for a decision: {1}; so this is {0}.")
WHY_REVIEW = Text("须先由本机关解决：{1}，所以{0}。", "The office must first settle: {1}; so this is {0}.")
WHY_MET = Text("各项要求都符合，所以{0}。", "Every requirement is met, so this is {0}.")
WHY_UNMET = Text("已过限期，“{1}”不符，所以{0}。", "The day it was due is over and “{1}” is not met, so this is {0}.")
WHY_PENDING = Text(
    "“{1}”尚不符，限期未过，所以{0}。", "“{1}” is not met yet and the day it is due is not over, so this is {0}."
)
WHY_NOTHING = Text("{1}：无，没有可以办理的，所以{0}。", "{1}: none, nothing to decide, so {0}.")
WHY_LIMITED = Text("“{1}”使结果由 {2} 变为 {0}{3}。", "“{1}” turned this from {2} into {0}{3}.")

# ---- who owes a duty
NO_REPORT = Text("无报告", "no report")
NOBODY = Text("无人", "nobody")
MORE_MAY_OWE = Text("是否还有其他义务人，不能确定。", "Whether others owe it too is not known.")
