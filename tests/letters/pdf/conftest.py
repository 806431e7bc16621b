"""The fonts every letter here is set in."""

from __future__ import annotations

import pytest

from interpreter.letters.pdf.fonts import Fonts
from interpreter.problems import Problem


@pytest.fixture(scope="session")
def fonts() -> Fonts:
    found = Fonts.ours()
    if isinstance(found, Problem):
        pytest.fail("no fonts to set letters in: run `make fonts`")
    return found
