"""How a decision is shown: a page of text, step by step, canonical JSON."""

from interpreter.decision.report.canonical import to_json
from interpreter.decision.report.capitals import capitals
from interpreter.decision.report.duties import render_owed
from interpreter.decision.report.page import render_text
from interpreter.decision.report.why import render_why

__all__ = ["capitals", "render_owed", "render_text", "render_why", "to_json"]
