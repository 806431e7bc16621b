"""The totals of a batch as one page for the browser: bars and tables, nothing from the network, nothing private."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from html import escape

from interpreter.batch.totals import NOBODY, OUTCOMES, Total, added
from interpreter.decision.model import Outcome
from interpreter.decision.report.words import OUTCOME, TOTAL
from interpreter.problems import Language, Text

_TITLE = Text("{number} 批量决定汇总", "{number}: totals of a batch")
_BY_MEASURE = Text("各事项的结果", "Outcomes by measure")
_BY_AUTHORITY = Text("各机关的结果", "Outcomes by authority")
_MEASURE = Text("事项", "measure")
_AUTHORITY = Text("机关", "authority")
_MONEY = Text("准予金额（{currency}）", "granted ({currency})")
_CASES = Text("每格为案件数；条形按比例。", "Numbers are cases; bars are to scale.")

WIDE = 10_000
"""The longest bar, in its own units."""
_COLOURS: dict[Outcome, str] = {
    "granted": "#1b7f4b", "review": "#c98a00", "incomplete": "#2f6fb5", "referred": "#7d6aa8", "refused": "#b23a3a",
    "not_applicable": "#b9bec4",
}
_STYLE = """
:root { font: 15px/1.5 "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif; color: #1c2126 }
body { max-width: 72em; margin: 2em auto; padding: 0 1em }
h1 { font-size: 1.4em } h2 { font-size: 1.1em; margin-top: 2em }
table { border-collapse: collapse; width: 100% }
th, td { padding: .3em .6em; border-bottom: 1px solid #dde1e5; text-align: right; white-space: nowrap }
th:first-child, td:first-child { text-align: left; white-space: normal }
td.bar { width: 30%; padding-right: 0 } tr.sum { font-weight: 600 }
svg { display: block; width: 100%; height: 1.1em } .key { white-space: nowrap; margin-right: 1.2em }
.key i { display: inline-block; width: .8em; height: .8em; margin-right: .4em }
"""


def page(totals: Iterable[Total], titles: dict[str, str], number: str, currency: str, language: Language) -> str:
    """The whole page. `titles` name the measures in their order, `number` is the notice's, `currency` its money."""
    kept = list(totals)
    title = escape(_TITLE.to(language).format(number=number))
    seen = [outcome for outcome in OUTCOMES if any(one.outcome == outcome for one in kept)]
    money = _MONEY.to(language).format(currency=currency)

    def tables() -> Iterator[str]:
        yield f"<h2>{_BY_MEASURE.to(language)}</h2>\n"
        names = [name for name in titles if any(one.measure == name for one in kept)]
        yield _table(_MEASURE, names, titles.__getitem__, lambda one: one.measure, kept, seen, money, language)
        yield f"<h2>{_BY_AUTHORITY.to(language)}</h2>\n"
        places = list(dict.fromkeys(one.authority for one in kept))
        yield _table(
            _AUTHORITY, places, lambda name: name or NOBODY.to(language), lambda one: one.authority, kept, seen, money,
            language,
        )

    keys = "".join(
        f'<span class="key"><i style="background:{_COLOURS[outcome]}"></i>{OUTCOME[outcome].to(language)}</span>'
        for outcome in seen
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{"zh-CN" if language == "zh" else "en"}">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
        f"<p>{keys}</p>\n<p>{_CASES.to(language)}</p>\n{''.join(tables())}</body>\n</html>\n"
    )


def _table(
    head: Text, names: list[str], called: Callable[[str], str], of: Callable[[Total], str], totals: list[Total],
    seen: list[Outcome], money: str, language: Language,
) -> str:
    heads = [head.to(language), *(OUTCOME[outcome].to(language) for outcome in seen), money, ""]
    longest = max((added(one for one in totals if of(one) == name)[0] for name in names), default=0)
    rows = [_row(called(name), [one for one in totals if of(one) == name], seen, longest) for name in names]
    if len(names) > 1:
        rows.append(_row(TOTAL.to(language), totals, seen, 0).replace("<tr>", '<tr class="sum">', 1))
    cells = "".join(f"<th>{escape(word)}</th>" for word in heads)
    return f"<table>\n<thead><tr>{cells}</tr></thead>\n<tbody>\n{''.join(rows)}</tbody>\n</table>\n"


def _row(name: str, totals: list[Total], seen: list[Outcome], longest: int) -> str:
    counts = [added(one for one in totals if one.outcome == outcome)[0] for outcome in seen]
    amounts = [one.amount for one in totals if one.amount is not None]
    money = f"{sum(amounts, Decimal(0)):,f}" if amounts else "–"
    cells = "".join(f"<td>{count:,}</td>" for count in counts)
    bar = _bar(counts, seen, longest)
    return f'<tr><td>{escape(name)}</td>{cells}<td>{money}</td><td class="bar">{bar}</td></tr>\n'


def _bar(counts: list[int], seen: list[Outcome], longest: int) -> str:
    """The counts as parts of one bar; in whole units."""
    if not longest:
        return ""
    parts, start = [], 0
    for outcome, count in zip(seen, counts, strict=True):
        width = count * WIDE // longest
        if width:
            parts.append(f'<rect x="{start}" width="{width}" height="10" fill="{_COLOURS[outcome]}"/>')
        start += width
    return f'<svg viewBox="0 0 {WIDE} 10" preserveAspectRatio="none">{"".join(parts)}</svg>'
