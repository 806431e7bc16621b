"""Every test of the command line starts in the checkout, in English, with a cache of its own."""

from __future__ import annotations

import pytest

from tests.cli.running import ROOT


@pytest.fixture(scope="session")
def kept(tmp_path_factory):
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def _a_newcomer(monkeypatch, kept):
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("XDG_CACHE_HOME", str(kept))
    monkeypatch.setenv("POLICY_LANG", "en")
    for name in ("POLICY_DEBUG", "COLUMNS", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
