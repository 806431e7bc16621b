"""Policies on which interpreter and DuckDB once said different things, as small as they could be made."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.batch.generated import folder
from tests.batch.generated.compared import differences

FOUND = sorted((Path(__file__).parent / "once").glob("*.yaml"))


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.stem)
def test_they_agree(path: Path) -> None:
    found = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    book, problems = folder.read(found["files"])
    assert book is not None, [folder.said(problem) for problem in problems]
    assert differences(book, found["cases"]) is None
