"""Writes anew what is expected to be said about each broken policy. Read every difference before you keep it."""

from __future__ import annotations

import os
from pathlib import Path

from interpreter.problems import Language, Problem
from interpreter.problems.render import render_all
from interpreter.rulebook.load import load

LANGUAGES: tuple[Language, ...] = ("zh", "en")

if __name__ == "__main__":
    os.chdir(Path(__file__).parent)
    for policy in sorted(Path().glob("*/policy.yaml")):
        problems: list[Problem] = []
        load(policy.parent, problems)
        for language in LANGUAGES:
            expected = policy.with_name(f"expected.{language}.txt")
            expected.write_text(render_all(problems, language) + "\n", encoding="utf-8")
