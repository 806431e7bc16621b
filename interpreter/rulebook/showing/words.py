"""The words of the pages, in both languages. Templates have holes in the style of `str.format`."""

from __future__ import annotations

from interpreter.problems import Text

# ---- between words
COMMA = Text("，", ", ")
PAUSE = Text("、", ", ")
SEMICOLON = Text("；", "; ")
COLON = Text("：", ": ")
ASIDE = Text("（{0}）", " ({0})")
SINCE = Text("{0} 起", "from {0}")
UNTIL = Text("至 {0}", "until {0}")
BETWEEN = Text("{0} 至 {1}", "from {0} to {1}")
LATER = Text("{days}为 {value}", "{value} {days}")
CLAUSE = Text("{0}", "clause {0}")
CLAUSE_TITLED = Text("{0}  {1}", "clause {0}  {1}")
NOT_SET = Text("未定", "not set")

# ---- what things are
NOTICE = Text("政策", "policy")
MEASURE = Text("措施", "measure")
DEFINITION = Text("定义", "definition")
PARAMETER = Text("参数", "parameter")
SWITCH = Text("待定口径", "switch")
TABLE = Text("表", "table")
FACT = Text("事实", "fact")
FIELD = Text("事实", "fact")
TYPE = Text("类型", "type")
CHOICES = Text("选项", "choice")
LIMIT = Text("限额", "limit")
SCHEME = Text("其他政策", "other scheme")
OVERLAY = Text("各地规定", "set by an authority")
CLAUSE_KIND = Text("条款", "clause")
REQUIREMENT = Text("要求", "requirement")

# ---- the notice
ID = Text("标识", "id")
NUMBER = Text("文号", "number")
ISSUERS = Text("发文机关", "issued by")
ISSUED = Text("印发日期", "issued on")
IN_FORCE = Text("执行期", "in force")
AS_OF = Text("按哪日规定", "as of")
MONEY = Text("货币", "money")
CLAIMANTS = Text("申请人", "claimants")
BEARERS = Text("义务人", "bearers")
PAYER = Text("支付", "payer")
ORDER = Text("先后次序", "order")
AUTHORITY = Text("申请人的受理机关", "the claimant's authority")
PLACES = Text("{0}，{1} 位小数", "{0}, {1} decimal places")
COMMON = Text("每项补贴都有的要求", "Required of every benefit")
DUTIES = Text("义务（{0} 项）", "Duties ({0})")
MEASURES = Text("措施（{0} 项）", "Measures ({0})")
LIMITS = Text("限额（{0} 项）", "Limits ({0})")
TABLES = Text("表（{0} 张）", "Tables ({0})")
DEFINITIONS = Text("定义（{0} 项）", "Definitions ({0})")
QUESTIONS = Text("尚未定论的问题（{0} 个）", "Questions not decided yet ({0})")
OVERLAYS = Text("各地的规定（{0} 份）", "Set by authorities ({0})")
FACTS = Text("事实（{0} 项）", "Facts ({0})")
PARAMETERS = Text("期限和标准（{0} 项）", "Figures ({0})")
SCHEMES = Text("衔接的其他政策（{0} 项）", "Other schemes ({0})")
NO_RULE = Text("不成为规则的条款（{0} 条）", "Clauses that are no rule ({0})")
MORE = Text("逐项查看", "See one")
ROWS = Text("{0} 行", "{0} row|{0} rows")
OFFICE = Text("办理：{0}", "office: {0}")

# ---- a measure
BENEFIT = Text("补贴", "benefit")
ENTITLEMENT = Text("资格", "entitlement")
WHO = Text("申请人", "claimant")
ONE_FOR_EACH = Text("逐项", "a line for each")
ITEM_OF = Text("{list}中的每一{item}", "{item} of {list}")
FOR_EACH = Text("每一{each} {amount}", "{amount} for each {each}")
DURING = Text("期间", "during")
GOVERNED_BY = Text("由何办理", "governed by")
WRITTEN_IN = Text("写在", "written in")
REQUIREMENTS = Text(
    "要求（都须符合；未另写明的，不符即不予）", "Requirements (all; where nothing else is said, not met means refused)"
)
ALL_OF = Text("以下各项都须符合", "all of these")
ANY_OF = Text("以下各项符合其一即可", "any one of these")
IF_UNMET_REFUSE = Text("不符的，不予", "if not met: refused")
IF_UNMET_REFER = Text("不符的，适用{0}", "if not met, this applies: {0}")
IF_UNMET_REVIEW = Text("不符的，由人工认定", "if not met: a person decides")
AMOUNT = Text("金额", "Amount")
BY_FORMULA = Text("按公式计算", "by formula")
STATUS = Text("给予资格，不付款", "a status, no payment")
MEASURE_LIMITS = Text("限制", "Limits")
ONCE_PER = Text("同一{0}只享受一次", "once for one {0}")
AND = Text("、", " and ")
FIGURES = Text("用到的期限、标准和表", "Figures and tables used")
QUESTIONS_READ = Text("所涉尚未定论的问题", "Questions not decided yet")
FACTS_NEEDED = Text("需要的事实", "Facts needed")
PROVEN_BY = Text("证明", "proof")
PROOF = Text("证明：{0}", "proof: {0}")
OR_PROVIDED = Text("案件也可直接给出：{0}", "the case may give instead: {0}")
DELEGATED = Text("可由各地确定", "authorities may set it")
AT_LEAST = Text("不低于 {0}", "at least {0}")
AT_MOST = Text("不高于 {0}", "at most {0}")
IF_UNSET_VALUE = Text("未定的按本政策", "else as in the notice")
IF_UNSET_REVIEW = Text("未定的由人工认定", "else a person decides")
IF_UNSET_REFER = Text("未定的转办", "else referred")

# ---- duties
DUTY = Text("义务", "duty")
BEARER = Text("义务人", "borne by")
AMONG = Text("名单", "among")
PERIOD = Text("逐项", "one for each")
DUE = Text("期限", "due")
DUE_BY = Text("期限 {0}", "due {0}")
DUTY_REQUIREMENTS = Text(
    "要求（都须符合；未另写明的，不符即未履行）", "Requirements (all; where nothing else is said, not met means unmet)"
)

# ---- limits
AT_MOST_LINES = Text("同一{per}最多给予 {most} 份", "at most {most} granted for one {per}")
AT_MOST_MONEY = Text("同一{per}合计最多 {most}", "at most {most} in all for one {per}")
OVER_CUT = Text("超出的减到限额", "what is over is cut")
OVER_WAIT = Text("超出的等候", "what is over waits")
RANKED_BY = Text("先后按 {0}", "ranked by {0}")
KEEP_HIGHEST = Text("就高不重复", "the highest is kept")
ONLY_WHEN = Text("仅在 {0} 时", "only when {0}")
TOGETHER_WITH = Text("与以下措施合计：{0}", "together with: {0}")
MEASURES_COUNTED = Text("计入的措施", "measures")

# ---- parameters and switches
QUESTION = Text("问题", "question")
FOR_NOW = Text("暂按 {0}", "for now: {0}")
NO_READING = Text("尚无口径", "no reading yet")
DECIDED_BY = Text("定论依据", "decided by")
UNDECIDED = Text("尚未定论", "not decided yet")
BASIS = Text("依据", "basis")
TYPE_OF = Text("类型", "type")
VALUES = Text("取值", "Values")
ROWS_SET = Text("各行", "Rows")
SET_BY = Text("各地的取值", "Set by authorities")

# ---- definitions and tables
TAKES = Text("用于", "of")
GIVES = Text("得出", "gives")
PROVIDED = Text("案件可以直接给出这一结果", "a case may give the result itself")
AS_WRITTEN = Text("计算", "As written")
USES = Text("用到", "Uses")
USED_IN = Text("用在", "Used in")
HELD_BY = Text("由这些事实填写", "Filled in as")
COLUMNS = Text("列", "columns")
INPUTS = Text("按以下各项查", "looked up by")
OUTPUTS = Text("查得", "gives")
HIT = Text("几行都符合时", "where several rows fit")
HITS = {
    "unique": Text("不会有几行都符合", "never more than one"),
    "any": Text("各行所得相同", "they give the same"),
    "first": Text("取最先的一行", "the first counts"),
    "collect list": Text("各行都取", "all of them count"),
    "collect sum": Text("各行相加", "they are added up"),
    "collect min": Text("取最小的", "the smallest counts"),
    "collect max": Text("取最大的", "the largest counts"),
    "collect count": Text("数有几行", "they are counted"),
    "priority": Text("取结果最优先的一行", "the one whose result comes first counts"),
    "rule order": Text("各行都取，按书写的先后", "all of them count, in the order of the rows"),
    "output order": Text("各行都取，按结果的先后", "all of them count, in the order of their results"),
}
METHOD = Text("怎样适用", "how it applies")
METHODS = {
    "scale marginal": Text("各段分别计算后相加", "each part at the rate of its bracket"),
    "scale whole": Text("全额适用所在的一段", "all of it at the rate of its bracket"),
    "scale by switch": Text("由开关决定：各段相加或全额适用一段", "a switch decides: part by part, or all at one rate"),
}
ELSE = Text("都不符合时", "where no row fits")
STANDS_FOR = Text("每行也称", "a row is known by")
OPEN_ROWS = Text("没有止日的行（{0} 行）", "Rows without a last day ({0})")
ENDED_ROWS = Text("已写明止日的行（{0} 行）", "Rows with a last day ({0})")
FROM_DAY = Text("起", "from")
TO_DAY = Text("止", "to")

# ---- facts and types
FIELDS = Text("内容", "Fields")
MEMBERS = Text("可填", "Words")
KEY = Text("识别", "known by")
EXTENDS = Text("包含", "extends")
PRIVATE = Text("隐私", "private")
REQUIRED = Text("必填", "required")
COMPUTED = Text("填写时代替计算", "replaces the computation")
DEFAULT = Text("未填的作 {0}", "if absent: {0}")
ONGOING = Text("未止的填“{0}”", "write “{0}” where it has not ended")
RESIDENT_ID = Text("居民身份证号码", "resident identity number")
CREDIT_CODE = Text("统一社会信用代码", "unified social credit code")
ROW_OF = Text("{0}之一", "one of {0}")
LIST_OF = Text("列表：{0}", "list of {0}")
AMOUNT_TYPE = Text("金额（{0}）", "amount ({0})")
ONE_OF = Text(" 或 ", " or ")
NEEDED_BY = Text("需要它的措施", "Measures that need it")

# ---- clauses
IS_NO_RULE = Text("不成为规则：{0}", "no rule: {0}")
CITED_BY = Text("引用这一条款的（{0} 处）", "What cites this clause ({0})")
NOBODY = Text("没有内容引用这一条款。", "Nothing cites this clause.")
