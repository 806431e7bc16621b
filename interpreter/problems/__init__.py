"""What is wrong, where, and how to mend it."""

from interpreter.problems.problem import Label, Language, PolicyError, Problem, Severity, Text, fill
from interpreter.problems.source import Fragment, Source, Span

__all__ = [
    "Fragment", "Label", "Language", "PolicyError", "Problem", "Severity", "Source", "Span", "Text", "fill",
]
