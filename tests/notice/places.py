"""The shipped notice, a copy of it to change, and cases of it to decide."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from interpreter.cases.facts import read_case
from interpreter.decision.decide import decide
from interpreter.decision.model import Decision
from interpreter.problems import Problem, Source
from interpreter.rulebook.load import load
from interpreter.rulebook.model import Rulebook

ROOT = Path(__file__).resolve().parents[2]
NOTICE = ROOT / "policy" / "shaoxing-labour-cooperation-2021"


def copied(to: Path) -> Path:
    """A copy of the notice with the templates where its letters look for them."""
    shutil.copytree(ROOT / "templates", to / "templates")
    return Path(shutil.copytree(NOTICE, to / "policy" / NOTICE.name))


def replaced(path: Path, old: str, new: str) -> None:
    """Changes one place of a file."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, (path.name, old)
    path.write_text(text.replace(old, new), encoding="utf-8")


def rulebook(folder: Path) -> Rulebook:
    """The rules of a folder, which must be sound."""
    problems: list[Problem] = []
    found = load(folder, problems)
    assert found is not None
    assert [p for p in problems if p.severity != "note"] == []
    return found


def decided(data: dict[str, Any], rules: Rulebook) -> Decision:
    """The decision of a case, which must be sound."""
    problems: list[Problem] = []
    case = read_case(Source("case.json", json.dumps(data, ensure_ascii=False)), rules, problems)
    assert case is not None, problems
    assert problems == []
    return decide(rules, case)
