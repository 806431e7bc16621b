"""How the tests run: always the same examples, and the long counts only where POLICY_FULL is set."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

FULL = bool(os.environ.get("POLICY_FULL"))

settings.register_profile("ci", derandomize=True, deadline=None, max_examples=100, database=None)
settings.register_profile("full", derandomize=True, deadline=None, max_examples=2000, database=None)
settings.load_profile("full" if FULL else "ci")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if FULL:
        return
    for item in items:
        if "full" in item.keywords:
            item.add_marker(pytest.mark.skip(reason="a long count: make test-full"))
